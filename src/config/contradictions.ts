import type { ConfigValues } from './schema.ts';

/** What is wrong with values that are right each by itself. */
export function contradictions(values: ConfigValues): string[] {
  const s3 = values['ozone.s3g.http-address'];
  const admin = values['ozone.s3g.webadmin.http-address'];
  const problems: string[] = [];
  if (s3.port !== 0 && s3.port === admin.port && s3.host === admin.host) {
    problems.push(`--http-address and --admin-address: both are ${s3.host}:${s3.port}`);
  }
  if (values['ozone.s3g.store'] === 'local' && values['ozone.s3g.auth'] === 'ozone') {
    problems.push(
      '--auth ozone: there is no Ozone Manager to ask with the local store; --auth local, or --store ozone',
    );
  }
  return problems;
}
