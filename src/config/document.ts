import { configKeys, type ConfigKey } from './schema.ts';

const opening = `# Configuration

<!-- Generated from src/config/schema.ts by \`npm run docs:configuration\`. -->

Each key has one name. It is set, in this order of precedence, by

1. its flag: \`ozone-s3g serve --workers 4\`
2. its variable: \`OZONE_S3G_WORKERS=4\`
3. a property of that name in the \`ozone-site.xml\` of the directory given by \`--conf DIR\`
4. its default

\`ozone-s3g config\` prints what is in force and where each value comes from; it takes the same flags. Flags and
\`OZONE_S3G_*\` variables that nobody knows are errors, \`ozone.s3g.*\` properties that nobody knows are warnings, all
other properties are passed over. Everything that is wrong is reported at once, with exit code 2.

With \`--store ozone\`, the file is the cluster's own: beside the keys below, \`ozone.om.nodes.SERVICE\`,
\`ozone.om.address.SERVICE.NODE\`, \`ozone.om.grpc.port.SERVICE.NODE\`, \`ozone.om.decommissioned.nodes.SERVICE\` and
\`ozone.om.listener.nodes.SERVICE\` are read, and \`\${name}\` and \`\${env.NAME}\` stand for other properties and for variables,
as in Hadoop. With the local store, keys of Ozone that say nothing of this gateway are passed over.

Durations have a unit: \`500ms\`, \`30s\`, \`10m\`, \`1h\`, \`7d\`. Sizes may have one, in powers of 1024: \`512\`, \`16KB\`, \`4MB\`.
`;

/** The text of docs/configuration.md. */
export function configurationDocument(): string {
  return `${opening}\n${configKeys.map(section).join('\n')}`;
}

function section(key: ConfigKey): string {
  const fallback = key.defaultText === '' ? (key.whenEmpty ?? 'empty') : `\`${key.defaultText}\``;
  const flag = key.flag === undefined ? 'none' : `\`${key.flag}\``;
  return `## ${key.name}\n\n${key.description}\n\n- default: ${fallback}\n- flag: ${flag}\n- variable: \`${key.variable}\`\n`;
}
