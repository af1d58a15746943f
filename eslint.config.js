import js from '@eslint/js';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom: a folder of src, and the paths of src that it may import besides itself.
 * Tests and the contract suite are free, so that they can drive a whole path.
 */
const port = ['storage/port.ts', 'storage/values.ts', 'storage/capabilities.ts'];
const adapter = [
  'errors/',
  's3/',
  'body/digester.ts',
  'storage/open-error.ts',
  'storage/completion-checks.ts',
  'storage/deleting-each.ts',
  ...port,
];
const pure = ['errors/', 's3/', 'xml/', 'operations/'];
const layers = {
  errors: [],
  s3: ['errors/'],
  xml: ['errors/', 's3/'],
  auth: ['errors/', 's3/'],
  body: ['auth/', 'errors/', 's3/', 'storage/port.ts', 'storage/values.ts'],
  observability: ['errors/'],
  config: ['errors/', 's3/', 'xml/'],
  web: ['errors/', 's3/'],
  operations: ['errors/', 's3/', 'xml/', ...port],
  storage: ['errors/', 's3/'], // the port; its adapters are layers of their own
  'storage/local': adapter,
  'storage/ozone': adapter,
  admin: ['config/', 'errors/', 'observability/', ...port],
  filters: ['auth/', 'body/', 'config/', 'observability/', 'web/', ...pure, ...port],
  // The processes: primary, workers, and what they are put together from.
  serve: [
    'admin/',
    'auth/',
    'config/',
    'errors/',
    'observability/',
    'gateway.ts',
    'server.ts',
    'storage/open.ts',
    'storage/open-error.ts',
    ...port,
  ],
  cli: ['auth/', 'config/', 'serve/', 's3/', 'storage/open.ts', 'storage/open-error.ts'],
};

/** Packages, and the only folders and files of src that may import them. */
const packageHomes = [
  { packages: 'koa|@koa/router', homes: ['filters', 'admin', 'gateway.ts', 'server.ts'] },
  { packages: 'xml-js', homes: ['xml'] },
  { packages: 'lmdb', homes: ['storage/local'] },
  { packages: '@grpc/.*|protobufjs|long', homes: ['storage/ozone'] },
  { packages: 'zod', homes: ['config'] },
  { packages: 'commander', homes: ['cli', 'main.ts'] },
  { packages: 'pino|prom-client', homes: ['observability'] },
];
/** Folders of pure functions: no file, no socket. */
const withoutIo = ['errors', 's3', 'xml'];

const foreignPackages = (place) => [
  ...packageHomes
    .filter(({ homes }) => !homes.includes(place))
    .map(({ packages, homes }) => ({ regex: `^(?:${packages})$`, message: `Only ${homes.join(', ')} may import it.` })),
  ...(withoutIo.includes(place)
    ? [{ regex: '^node:(?:fs|net|http|https|tls|child_process)', message: `${place} is pure: no I/O.` }]
    : []),
];

/** What a file of `folder`, `extra` levels below it, must not reach by climbing out of the folder. */
const foreignFolders = (folder, extra) =>
  folder.split('/').map((_, index, segments) => {
    const base = segments.slice(0, index).map((segment) => `${segment}/`);
    const allowed = layers[folder].filter((path) => path.startsWith(base.join('')));
    const names = ['\\.\\.', ...allowed.map((path) => path.slice(base.join('').length).replaceAll('.', '\\.'))];
    return {
      regex: `^(?:\\.\\./){${segments.length - index + extra}}(?!${names.join('|')})`,
      message: `src/${folder} may import of src only: ${layers[folder].join(' ') || 'nothing'} (docs/architecture.md).`,
    };
  });

const restrictedImports = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const adaptersBehindOpen = {
  regex: '^\\./(?:storage/)?(?:local|ozone)/',
  message: 'Only src/storage/open.ts may import an adapter.',
};
const layerBlocks = Object.keys(layers).flatMap((folder) =>
  [0, 1].map((extra) => ({
    files: [`src/${folder}/${'*/'.repeat(extra)}*.ts`],
    ignores: ['**/*.test.ts', 'src/storage/open.ts', 'src/storage/contract/**'],
    rules: restrictedImports([adaptersBehindOpen, ...foreignFolders(folder, extra), ...foreignPackages(folder)]),
  })),
);

const rootBlocks = ['gateway.ts', 'server.ts', 'main.ts'].map((file) => ({
  files: [`src/${file}`],
  rules: restrictedImports([adaptersBehindOpen, ...foreignPackages(file)]),
}));

const syntax = {
  defaultExport: { selector: 'ExportDefaultDeclaration', message: 'No default exports: name it.' },
  onData: {
    selector:
      "CallExpression[callee.property.name=/^(on|once|addListener|prependListener)$/][arguments.0.value='data']",
    message: "Bodies are pulled with `for await`, which waits for the reader: no 'data' listeners.",
  },
  environment: {
    selector: [
      "MemberExpression[object.name='process'][property.name='env']",
      "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
      "ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name='env']",
    ].join(', '),
    message: 'The environment is read in src/config/load.ts, and in the doors of the conformance suite.',
  },
  moduleMock: {
    selector: "CallExpression[callee.object.name='jest'][callee.property.name=/^(mock|unstable_mockModule|doMock)$/]",
    message: 'Inject it: no module mocks.',
  },
  skippedTest: {
    selector:
      'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(skip|only|todo)$/], CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
    message: 'No test is skipped or left alone.',
  },
};
const restrictedSyntax = (...names) => ({
  'no-restricted-syntax': ['error', ...names.map((name) => syntax[name])],
});

const sizes = (maxLines) => ({
  'max-lines': ['error', { max: maxLines }],
  'max-lines-per-function': ['error', { max: 50, skipComments: true }],
  'max-params': ['error', { max: 4 }],
  complexity: ['error', { max: 12 }],
});

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'coverage/', 'results/', 'data/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['console', 'fetch', 'performance', 'process', 'setTimeout', 'URL'].map((name) => [name, 'readonly']),
      ),
    },
    rules: sizes(300),
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/extensions': ['.ts'],
    },
    rules: {
      ...sizes(300),
      ...restrictedSyntax('defaultExport'),
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Numbers in text are what sizes, ports and statuses are for.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `() => close()` reads as what it is.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A port's method is async so that what it throws is a rejection, whether or not it waits for anything.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['conformance/**/*.ts'],
    ignores: ['**/*.test.ts', 'conformance/cli/**', 'conformance/bin/**', 'conformance/targets/**'],
    rules: restrictedSyntax('defaultExport', 'environment'),
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.test.ts', 'src/config/load.ts'],
    rules: restrictedSyntax('defaultExport', 'environment', 'onData'),
  },
  { files: ['src/config/load.ts'], rules: restrictedSyntax('defaultExport', 'onData') },
  ...layerBlocks,
  ...rootBlocks,
  {
    files: ['conformance/**/*.ts'],
    rules: restrictedImports([
      {
        regex: '^(?:\\.\\./)+(?:src|test|bench)/|^ozone-s3g',
        message: 'The suite is a black box: it never imports the gateway.',
      },
    ]),
  },
  {
    files: ['**/*.test.ts', 'src/storage/contract/**', 'test/**/*.ts'],
    rules: {
      ...sizes(400),
      ...restrictedSyntax('defaultExport', 'moduleMock', 'skippedTest'),
      // A describe block is as long as its cases.
      'max-lines-per-function': 'off',
      // A row of a table has as many columns as it has.
      'max-params': 'off',
      // In a test, an absent value fails by itself.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['src/operations/catalogue.ts'], rules: { 'max-lines': 'off' } },
  { files: ['jest.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
