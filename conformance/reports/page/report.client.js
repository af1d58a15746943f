/* global document, history, location, window */
// The script of report.html: shows what stands in the page as JSON, and fetches nothing.

const { results, transcripts, reasons } = JSON.parse(document.getElementById('data').textContent);
const find = (id) => document.getElementById(id);
const filterNames = ['verdict', 'outcome', 'cause', 'operation', 'client'];
const operations = new Map(results.operations.map((entry) => [entry.operation, entry]));
const caseById = new Map(results.cases.map((entry) => [entry.id, entry]));
const textOf = new Map(results.cases.map((one) => [one, `${one.id} ${one.title} ${one.detail ?? ''}`.toLowerCase()]));

/** An element with classes, and with text and elements in it. */
function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content.filter((part) => part !== undefined && part !== ''));
  return made;
}

function link(text, href) {
  const made = element('a', '', text);
  made.href = href;
  return made;
}

function headers(pairs) {
  return Object.entries(pairs).map(([name, value]) => `${name}: ${value}`);
}

function requestText({ method, target, headers: sent, body }) {
  return [`${method} ${target}`, ...headers(sent), ...(body === undefined ? [] : ['', body])].join('\n');
}

function responseText({ response, failure }) {
  if (response === undefined) return `no answer (${failure})`;
  const { status, headers: received, body } = response;
  return [String(status), ...headers(received), ...(body === undefined ? [] : ['', body])].join('\n');
}

const roles = { 'set-up': 'Set-up', subject: 'What the case is about', look: 'Looking at the state' };

function exchangeParts(exchange) {
  const title = element('h4', exchange.role, `${roles[exchange.role]}: request and answer`);
  const texts = [requestText(exchange.request), responseText(exchange)].map((text) => element('pre', '', text));
  return [title, element('div', 'exchange', ...texts)];
}

function caseBody(one) {
  const { id, level, severity, kind, clients, detail, reference, feature } = one;
  const body = element('div', 'body');
  if (detail !== null) body.append(element('p', '', detail));
  if (reasons[id] !== undefined) body.append(element('p', '', `Known gap: ${reasons[id]}`));
  const facts = [feature, level, severity, kind, ...(clients.length > 0 ? [`breaks ${clients.join(', ')}`] : [])];
  body.append(element('p', 'facts', facts.join(' · ')));
  const links = element('p', 'facts', link('Link to this case', `#${id}`));
  if (reference !== null) links.append(' · ', link("AWS's page", reference));
  body.append(links);
  const { exchanges = [], left = 0 } = transcripts[id] ?? {};
  if (left > 0) body.append(element('p', 'facts', `${left} requests are left out here: transcripts.ndjson has them.`));
  body.append(...exchanges.flatMap(exchangeParts));
  return body;
}

/** A `details` whose content is made when it is first opened. */
function lazyDetails(className, summary, makeContent) {
  const made = element('details', className, summary);
  made.fill = () => {
    if (made.childElementCount === 1) made.append(...makeContent());
  };
  made.addEventListener('toggle', () => made.open && made.fill());
  return made;
}

function caseDetails(one) {
  const known = one.cause === null ? one.outcome : `${one.outcome}: ${one.cause}`;
  const state = one.flaky ? `${known}, flaky` : known;
  const parts = [element('span', 'name', one.title), element('span', 'state', state), element('span', 'id', one.id)];
  const made = lazyDetails(`case ${one.outcome}`, element('summary', '', ...parts), () => [caseBody(one)]);
  made.id = one.id;
  // The address then names what is looked at; a copy of it is a permalink.
  made.firstChild.addEventListener('click', () => {
    if (!made.open) history.replaceState(null, '', `#${one.id}`);
  });
  return made;
}

const order = ['fail', 'error', 'blocked', 'pass', 'skipped'];

function operationDetails(name, cases) {
  const { verdict, harmful, thin, passed, executed } = operations.get(name);
  const words = `${verdict}${harmful ? ', harmful' : ''}`;
  const counts = executed === 0 ? '' : `${passed} of ${executed} pass${thin ? ' (few)' : ''}`;
  const parts = [element('span', 'name', name), element('span', 'counts', counts), element('span', 'state', words)];
  const failuresFirst = cases.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  return lazyDetails(`operation ${verdict}`, element('summary', '', ...parts), () => failuresFirst.map(caseDetails));
}

function matches(one) {
  const words = find('search').value.toLowerCase().split(/\s+/);
  const value = (name) => find(name).value;
  const has = {
    verdict: operations.get(one.operation).verdict,
    outcome: one.outcome,
    cause: one.cause,
    operation: one.operation,
  };
  return (
    words.every((word) => textOf.get(one).includes(word)) &&
    Object.entries(has).every(([name, found]) => value(name) === '' || value(name) === found) &&
    (value('client') === '' || one.clients.includes(value('client')))
  );
}

const isFiltered = () => ['search', ...filterNames].some((name) => find(name).value !== '');

function group(cases) {
  const groups = new Map();
  for (const one of cases) groups.set(one.operation, [...(groups.get(one.operation) ?? []), one]);
  return groups;
}

/** So many cases are shown at once when somebody looks for something. */
const openUpTo = 100;

function show() {
  const cases = results.cases.filter(matches);
  const list = find('list');
  list.replaceChildren(...[...group(cases)].map(([name, own]) => operationDetails(name, own)));
  if (isFiltered() && cases.length <= openUpTo) for (const one of list.children) open(one);
  find('count').textContent = `${cases.length} of ${results.cases.length} cases`;
}

function open(details) {
  details.fill();
  details.open = true;
}

function clearFilters() {
  for (const name of ['search', ...filterNames]) find(name).value = '';
  show();
}

/** Opens the case that the address names, whatever the filters hide. */
function showNamed() {
  const one = caseById.get(decodeURIComponent(location.hash.slice(1)));
  if (one === undefined) return;
  if (!matches(one)) clearFilters();
  for (const operation of find('list').children) {
    if (operation.querySelector('.name').textContent === one.operation) open(operation);
  }
  const details = find(one.id);
  open(details);
  details.firstChild.focus();
  details.firstChild.scrollIntoView({ block: 'start' });
}

function options(name, values) {
  const counted = new Map();
  for (const value of values) if (value !== null) counted.set(value, (counted.get(value) ?? 0) + 1);
  for (const [value, count] of [...counted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const option = element('option', '', `${value} (${count})`);
    option.value = value;
    find(name).append(option);
  }
}

/** Moves among the summaries that are on the page. */
function step(by) {
  const all = [...document.querySelectorAll('#list summary')].filter((one) => one.offsetParent !== null);
  const at = all.indexOf(document.activeElement);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
  next?.focus();
}

function onKey(event) {
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && isFiltered()) clearFilters();
  else if (!isTyping && event.key === '/') find('search').focus();
  else if (!isTyping && event.key === 'j') step(1);
  else if (!isTyping && event.key === 'k') step(-1);
  else return;
  event.preventDefault();
}

const verdictsOfCases = results.cases.map((one) => operations.get(one.operation).verdict);
options('verdict', verdictsOfCases);
for (const name of ['outcome', 'cause', 'operation']) {
  options(
    name,
    results.cases.map((one) => one[name]),
  );
}
options(
  'client',
  results.cases.flatMap(({ clients }) => clients),
);
find('filters').addEventListener('input', show);
find('filters').addEventListener('submit', (event) => event.preventDefault());
find('filters').addEventListener('reset', (event) => {
  event.preventDefault();
  clearFilters();
});
document.addEventListener('keydown', onKey);
window.addEventListener('hashchange', showNamed);
show();
showNamed();
// The browser goes to the address's fragment by itself once all is loaded, which takes the focus away.
window.addEventListener('load', () => setTimeout(showNamed));
