// Google's csp_evaluator over every page's policy that was kept and those inside two files, and whether all pages of a release are among them.
// usage: node policies.mjs FOLDER FILE FILE [MANIFEST]
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import evaluator from 'csp_evaluator/dist/evaluator.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';

const [folder, recovery, launcher, manifest] = process.argv.slice(2);
const pages = readdirSync(folder).filter((name) => name.endsWith('.csp'));
let faults = pages.length === 0 ? 1 : 0;
const judged = pages.map((page) => [page, readFileSync(join(folder, page), 'utf8').trim().split('\n')]);
for (const file of [recovery, launcher]) {
  const metas = readFileSync(file, 'utf8').matchAll(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/g);
  judged.push([basename(file), [...metas].map(([, policy]) => policy)]);
}
for (const [page, policies] of judged) {
  if (policies.length !== 1 || policies[0] === '') {
    faults++;
    console.log(`${page}: ${policies.length} policies instead of one`);
  }
  for (const policy of policies) {
    for (const found of new evaluator.CspEvaluator(new CspParser(policy).csp).evaluate()) {
      faults++;
      console.log(`${page}: ${found.directive} ${found.value ?? ''}: ${found.description}`);
    }
  }
}
if (manifest) {
  const seen = readdirSync(folder).filter((name) => name.endsWith('.page')).map((name) => readFileSync(join(folder, name), 'utf8'));
  const all = [...readFileSync(manifest, 'utf8').matchAll(/^page (\S+) /gm)].map(([, page]) => page);
  const missing = all.filter((page) => !seen.includes(page));
  if (all.length === 0 || missing.length > 0) {
    faults++;
    console.log(`of ${all.length} pages of the server nobody looked at: ${missing.join(', ')}`);
  }
}
console.log(`${pages.length} pages, ${judged.length - pages.length} files, ${faults} findings`);
process.exit(faults ? 1 : 0);
