// MDN's HTTP Observatory and Lighthouse on https://localhost. Prints every score and every remark; ends with 1 below perfect.
// usage: node site.mjs [brief]     brief: strangers' pages alone, once, without the score that a busy machine lowers
import { createHmac, randomBytes } from 'node:crypto';
import { scan } from '@mdn/mdn-http-observatory';
import { ALL_TESTS } from '@mdn/mdn-http-observatory/src/constants.js';
import { MINIMUM_SCORE_FOR_EXTRA_CREDIT } from '@mdn/mdn-http-observatory/src/grader/charts.js';
import { getGradeForScore, getScoreModifier } from '@mdn/mdn-http-observatory/src/grader/grader.js';
import { retrieve } from '@mdn/mdn-http-observatory/src/retriever/retriever.js';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const SITE = 'https://localhost';
const BRIEF = process.argv[2] === 'brief';
const TRIES = 3;
const FOR_STRANGERS = ['/', '/signup', '/signin', '/forgot', '/recovery'];
// The last one is opened by a launcher alone; nobody is to find it by searching, nor what is behind a sign-in.
const NOT_TO_BE_FOUND = ['/launched'];
const FOR_AN_ACCOUNT = ['/wallets', '/wallets/new', '/account', '/account/email', '/account/activity', '/account/passkeys', '/account/mail'];
// A host that is in no browser's preload list gets 5 less than the best that there is.
const MOST = 140;

let faults = 0;
const say = (good, line) => {
  if (!good) faults++;
  console.log(`${good ? '' : 'BELOW PERFECT: '}${line}`);
};

/** Opens an account with an authenticator's code, as a browser would; gives the Set-Cookie of its session. */
const signUp = async () => {
  let set = '';
  const ask = async (path, type, body) => {
    const answer = await fetch(SITE + path, {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { Cookie: set.split(';')[0], Origin: SITE, 'Sec-Fetch-Site': 'same-origin', 'X-Trefoil': '1', ...(type && { 'Content-Type': type }) },
      body,
    });
    set = answer.headers.getSetCookie().find((each) => each.startsWith('__Host-Http-trefoil-sess=')) ?? set;
    const text = await answer.text();
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${text}`);
    return text;
  };
  const random = (bytes) => randomBytes(bytes).toString('base64');
  const kdf = { memoryKiB: 65536, iterations: 3, parallelism: 1 };
  await ask('/api/account/signup', 'application/json', JSON.stringify({ email: 'grader@example.org', salt: random(16), kdf, proof: random(32) }));
  const page = await ask('/signup/factor');
  const secret = page.match(/data-testid="totp-secret"[^>]*>([^<]+)</)[1].replace(/[^A-Z2-7]/g, '');
  await ask('/signup/factor', 'application/x-www-form-urlencoded', `code=${totp(secret)}`);
  return set;
};

/** RFC 6238 of now: SHA-1, 30 s, six digits. */
const totp = (secret) => {
  const bits = [...secret].map((each) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(each).toString(2).padStart(5, '0')).join('');
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((each) => parseInt(each, 2)))).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
};

const observed = (name, least, score, tests) => {
  for (const test of tests.filter((each) => !each.pass)) console.log(`  ${test.constructor.name}: ${test.result}`);
  say(score >= least && tests.every((each) => each.pass), `Observatory ${name}: ${getGradeForScore(score).grade} ${score}, ${tests.length} tests`);
};

/** scan(), which looks at the first page alone, for another page and with a cookie that was set before. */
const scanPage = async (path, cookie) => {
  const requests = await retrieve('localhost', { path });
  requests.session.jar.setCookieSync(cookie, SITE + path);
  const tests = ALL_TESTS.map((test) => test(requests));
  const points = tests.map((test) => getScoreModifier(test.result));
  const lost = points.filter((each) => each < 0).reduce((sum, each) => sum + each, 100);
  return { tests, score: lost < MINIMUM_SCORE_FOR_EXTRA_CREDIT ? lost : points.reduce((sum, each) => sum + each, 100) };
};

const cookie = await signUp();
// The first page runs no script, and strangers get no cookie. The Observatory gives 5 for each that is done well.
const first = await scan('localhost');
observed('/', MOST - 10, first.scan.score, Object.values(first.tests));
const signIn = await scanPage('/signin', cookie);
observed('/signin, with the cookie of a session', MOST, signIn.score, signIn.tests);

const chrome = await launch({ chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
const look = async (path, form, categories, headers = {}) => {
  const flags = { port: chrome.port, logLevel: 'error', output: 'json', onlyCategories: categories, extraHeaders: headers };
  let lhr, scores, whole;
  for (let i = 0; i < (BRIEF ? 1 : TRIES) && !whole; i++) {
    ({ lhr } = await lighthouse(SITE + path, flags, form === 'desktop' ? desktopConfig : undefined));
    scores = categories.map((id) => Math.round(lhr.categories[id].score * 100));
    whole = scores.every((each) => each === 100) && lhr.finalDisplayedUrl === SITE + path;
  }
  say(whole, `Lighthouse ${form} ${path}: ${scores.join('/')}${whole ? '' : ` at ${lhr.finalDisplayedUrl}`}`);
  for (const id of whole ? [] : categories) {
    for (const { id: audit, weight } of lhr.categories[id].auditRefs) {
      const { score, title, displayValue, details } = lhr.audits[audit];
      if (weight && score !== null && score < 1) console.log(`  ${id}: ${title} ${displayValue ?? ''} ${JSON.stringify(details?.items ?? '').slice(0, 400)}`);
    }
  }
};
for (const form of BRIEF ? ['mobile'] : ['mobile', 'desktop']) {
  const wanted = [...(BRIEF ? [] : ['performance']), 'accessibility', 'best-practices'];
  for (const path of FOR_STRANGERS) await look(path, form, [...wanted, 'seo']);
  for (const path of BRIEF ? [] : NOT_TO_BE_FOUND) await look(path, form, wanted);
  for (const path of BRIEF ? [] : FOR_AN_ACCOUNT) await look(path, form, wanted, { Cookie: cookie.split(';')[0] });
}
await chrome.kill();
console.log(faults ? `${faults} below perfect` : 'nothing below perfect');
process.exit(faults ? 1 : 0);
