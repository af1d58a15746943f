import { writeFileSync } from 'node:fs';
import { generatedPages } from './docs-pages.ts';

for (const [path, text] of await generatedPages()) writeFileSync(path, text);
