import { describe, expect, it } from '@jest/globals';
import { loggerTo } from './logger.ts';

function linesOf(level: 'info' | 'warn', write: (log: ReturnType<typeof loggerTo>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(loggerTo(level, { write: (line: string) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('is JSON with a readable level and time', () => {
    const [line] = linesOf('info', (log) => log.info({ operation: 'GetObject' }, 'request'));
    expect(line).toMatchObject({ level: 'info', msg: 'request', operation: 'GetObject', pid: process.pid });
    expect(line?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('leaves out what weighs less than its level', () => {
    expect(linesOf('warn', (log) => log.info({}, 'request'))).toEqual([]);
  });

  it.each(['authorization', 'secret', 'secretKey', 'secretAccessKey'])('never shows %s', (name) => {
    const lines = linesOf('info', (log) => log.info({ [name]: 'hidden', inner: { [name]: 'hidden' } }, 'x'));
    expect(JSON.stringify(lines)).not.toContain('hidden');
    expect(lines[0]).toMatchObject({ [name]: '***', inner: { [name]: '***' } });
  });
});
