/*
 * Holds each site that a person named to the release that the keys they named signed and the log holds.
 *
 * First by rules of the browser itself, which ask nobody when an answer comes: the vault frame gets the release's own policy in place
 * of whatever the server sends, and each page gets it in addition, so no script runs there whose hash is not the release's. Each asset
 * gets the release's own digest of its body, so the browser gives no page another one, and no other style sheet of the site is let
 * through. Until a release was verified, and once anything was seen that differs, the vault frame is blocked. Second by looking:
 * headers of every page and vault document as they came, and the bytes of every asset.
 */
import './verify.js';

const { Refused, read, keysOf, digest, newer, bytesOf, base64Of } = trefoilRelease;
const SITES = ['http://localhost/*', 'http://127.0.0.1/*', 'https://*/*'];
const FRESH_MS = 600_000;

/** Rules of a site, by their place behind its first number; those of its assets are behind one far from all others. */
const RULES = 4;
const [BLOCK, VAULT, PAGE, APART] = [0, 1, 2, 3];
const FAR = 1_000_000;
const ASSET_RULES = 64;

/** Headers that no set of ours has unless it names them, as VerifyServed knows them. */
const STRANGERS = ['access-control-allow-credentials', 'access-control-allow-origin', 'content-security-policy-report-only', 'link', 'refresh', 'service-worker-allowed', 'sourcemap', 'x-sourcemap'];

/** Pages that everybody may open by their names in a release, and files that people keep; as VerifyServed knows them. */
const PAGES = { '/': 'landing', '/signup': 'signup', '/signin': 'signin', '/forgot': 'forgot', '/recovery': 'recovery', '/launched': 'launched' };
const KEPT = ['/recovery.html', '/launcher.html'];

/** What is known of every site: `{ origin: { id, keys, text, seen, at, state, token, what } }`, state green, red or checking. */
const sites = async () => (await chrome.storage.local.get('sites')).sites ?? {};

async function keep(origin, change) {
  const all = await sites();
  if (all[origin]) await chrome.storage.local.set({ sites: { ...all, [origin]: { ...all[origin], ...change } } });
}

const manifests = new Map();

/** The manifest as parsed, once for each text. */
function manifestOf(text) {
  if (!manifests.has(text)) manifests.set(text, trefoilRelease.manifestOf(text));
  return manifests.get(text);
}

async function get(origin, path) {
  const answer = await fetch(origin + path, { credentials: 'omit', cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(20_000) });
  if (!answer.ok) throw new Refused('launcher-not-logged');
  return answer.arrayBuffer();
}

/** Reads the site's release anew; throws Refused where it is not to be believed. */
async function verify(origin) {
  const site = (await sites())[origin];
  const seen = site.seen ? [{ size: site.seen.size, root: bytesOf(site.seen.root) }] : [];
  const { release, log } = await read(keysOf(site.keys), seen, (name) => get(origin, `/.well-known/trefoil/${name}`));
  const known = site.text && manifestOf(site.text).version;
  if (known && known !== release.version && !newer(release.version, known)) {
    throw new Refused('launcher-older', { version: release.version, pinned: known });
  }
  await keep(origin, { text: release.text, seen: { size: log.size, root: base64Of(log.root) }, at: Date.now() });
  await hold(site.id, origin, release, false);
  return release;
}

/** Rules that hold each asset to its body, and let no other style sheet of the site through. */
function assetRules(origin, release) {
  const rules = [{ priority: 1, condition: { urlFilter: `|${origin}/`, resourceTypes: ['stylesheet'] }, action: { type: 'block' } }];
  for (const [path, value] of Object.entries(release.bodies)) {
    const urlFilter = `|${origin}/assets/${path}^`;
    if (path.endsWith('.css')) rules.push({ priority: 2, condition: { urlFilter, resourceTypes: ['stylesheet'] }, action: { type: 'allow' } });
    // Not for our own second look, which has to see what else came.
    const condition = { urlFilter, excludedInitiatorDomains: [chrome.runtime.id] };
    rules.push({ priority: 3, condition, action: { type: 'modifyHeaders', responseHeaders: [{ header: 'unencoded-digest', operation: 'set', value }] } });
  }
  return rules;
}

/** The browser's own rules for a site; without a release, or on red, they block its vault. */
async function hold(id, origin, release, red) {
  const rules = [];
  const rule = (place, priority, condition, action) => rules.push({ id: id * RULES + place + 1, priority, condition, action });
  if (red || !release) {
    rule(BLOCK, 9, { urlFilter: `|${origin}/vault`, resourceTypes: ['sub_frame'] }, { type: 'block' });
  }
  if (release) {
    const policy = (set) => release.sets[set]['content-security-policy'];
    const page = Object.keys(release.sets).find((set) => set.startsWith('page-script-vault'));
    const header = (operation, value) => ({ type: 'modifyHeaders', responseHeaders: [{ header: 'content-security-policy', operation, value }] });
    const frames = ['sub_frame', 'main_frame'];
    rule(VAULT, 3, { urlFilter: `|${origin}/vault|`, resourceTypes: frames }, header('set', policy('vault')));
    // Keeps what is beside every other page off the vault.
    rule(APART, 2, { urlFilter: `|${origin}/vault|`, resourceTypes: frames }, { type: 'allow' });
    rule(PAGE, 1, { urlFilter: `|${origin}/`, resourceTypes: frames }, header('append', policy(page)));
    rules.push(...assetRules(origin, release).map((each, i) => ({ id: FAR + id * ASSET_RULES + i, ...each })));
  }
  const own = [
    ...Array.from({ length: RULES }, (_, place) => id * RULES + place + 1),
    ...Array.from({ length: ASSET_RULES }, (_, i) => FAR + id * ASSET_RULES + i),
  ];
  await chrome.declarativeNetRequest.updateDynamicRules({ removeRuleIds: own, addRules: rules });
}

/** What the button shows: in one tab, until that has another page, or without one in all that have no own. */
async function show(tabId, state) {
  const text = { green: '✓', red: '!', checking: '…' }[state] ?? '';
  const color = { green: '#1a7f5a', red: '#b42318' }[state] ?? '#5b6168';
  await Promise.allSettled([chrome.action.setBadgeText({ tabId, text }), chrome.action.setBadgeBackgroundColor({ tabId, color })]);
}

/** Something differs: the vault is blocked from now on, and the tab says so in place of the page. */
async function alarm(origin, tabId, token, what) {
  const site = (await sites())[origin];
  await hold(site.id, origin, site.text && manifestOf(site.text), true);
  await keep(origin, { state: 'red', token, what });
  await chrome.tabs.update(tabId, { url: chrome.runtime.getURL('sites.html') });
}

/** Red is for all tabs and until it is over: the one that alarmed gets another page at once. */
chrome.storage.onChanged.addListener(async () => {
  await show(undefined, Object.values(await sites()).some(({ state }) => state === 'red') ? 'red' : '');
});

let last = Promise.resolve();

/** One comparison after the other: none that ends late may call a site green that is red since. */
function compare(origin, tabId, differs) {
  last = last.then(() => compareNow(origin, tabId, differs));
  return last;
}

/** Runs a comparison; a mismatch is looked at once more under the site's newest release before it is an alarm. */
async function compareNow(origin, tabId, differs) {
  try {
    const site = (await sites())[origin];
    if (site.state === 'red') return await alarm(origin, tabId, site.token, site.what);
    let release = site.text && Date.now() - site.at < FRESH_MS ? manifestOf(site.text) : await verify(origin);
    let what = await differs(release);
    if (what) {
      release = await verify(origin);
      what = await differs(release);
    }
    if (what) return await alarm(origin, tabId, 'extension-differs', what);
    await keep(origin, { state: 'green' });
    return await show(tabId, 'green');
  } catch (error) {
    // A line that breaks is no alarm; what was held stays held.
    return error instanceof Refused ? alarm(origin, tabId, error.token, error.data).catch(() => {}) : show(tabId, 'checking');
  }
}

/** Which header of an answer is not as in a set; empty when all are. */
function otherHeader(headers, set, https) {
  const values = (name) => headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
  const wanted = { ...Object.fromEntries(STRANGERS.map((name) => [name, undefined])), ...set };
  if (!https) delete wanted['strict-transport-security'];
  return Object.entries(wanted).find(([name, value]) => values(name).join('\n') !== (value ?? ''))?.[0] ?? '';
}

/** Which sets an answer may have: one where it is known which page or file it is, else those of any page but the one that lets a launcher hold on to it. */
function setsOf(release, { method, statusCode }, pathname) {
  if (pathname === '/vault') return ['vault'];
  if (KEPT.includes(pathname) && statusCode === 200) return ['asset'];
  if (PAGES[pathname] && method === 'GET' && statusCode === 200) return [release.pages[PAGES[pathname]]];
  return Object.keys(release.sets).filter((set) => set !== 'vault' && set !== release.pages.launched);
}

/** The first of these assets that the site gives otherwise, at these addresses; nothing when all are as released. */
async function otherAsset(release, origin, paths) {
  for (const path of paths) {
    const answer = await fetch(origin + path, { credentials: 'omit', cache: 'no-store' });
    if ((await digest(await answer.arrayBuffer())) !== release.assets[path.slice(1)]) return path;
  }
  return '';
}

const watched = async (request) => {
  const { origin, pathname } = new URL(request.url);
  return request.tabId >= 0 && (await sites())[origin] ? { origin, pathname } : {};
};

chrome.webRequest.onHeadersReceived.addListener(
  (request) => {
    (async () => {
      const { origin, pathname } = await watched(request);
      if (!origin) return;
      const https = origin.startsWith('https:');
      await compare(origin, request.tabId, async (release) => {
        const others = setsOf(release, request, pathname).map((set) => otherHeader(request.responseHeaders, release.sets[set] ?? {}, https));
        if (!others.includes('')) return { what: `${pathname} (${others[0]})` };
        const what = await otherAsset(release, origin, KEPT.filter((path) => path === pathname || pathname === '/recovery'));
        return what && { what };
      });
    })();
  },
  { urls: SITES, types: ['main_frame', 'sub_frame'] },
  ['responseHeaders', 'extraHeaders'],
);

chrome.webRequest.onCompleted.addListener(
  (request) => {
    (async () => {
      const { origin, pathname } = await watched(request);
      if (!origin || !pathname.startsWith('/assets/')) return;
      await compare(origin, request.tabId, async (release) => {
        const asset = await (await fetch(request.url, { credentials: 'omit' })).arrayBuffer();
        return (await digest(asset)) === release.assets[pathname.slice('/assets/'.length)] ? '' : { what: pathname };
      });
    })();
  },
  { urls: SITES },
);

/** From the list of sites: a site and the keys it is held to, or one to be forgotten. */
chrome.runtime.onMessage.addListener(({ add, forget, keys }, sender, answer) => {
  (async () => {
    const all = await sites();
    if (forget) {
      await hold(all[forget].id, forget, undefined, false);
      await chrome.declarativeNetRequest.updateDynamicRules({ removeRuleIds: [all[forget].id * RULES + BLOCK + 1] });
      delete all[forget];
      return chrome.storage.local.set({ sites: all });
    }
    keysOf(keys);
    const id = all[add]?.id ?? Math.max(-1, ...Object.values(all).map((site) => site.id)) + 1;
    await chrome.storage.local.set({ sites: { ...all, [add]: { id, keys, state: 'checking' } } });
    await hold(id, add, undefined, false);
    try {
      await verify(add);
      return keep(add, { state: 'green' });
    } catch (error) {
      const refused = error instanceof Refused ? error : new Refused('launcher-unreachable', { site: add });
      return keep(add, { state: error instanceof Refused ? 'red' : 'checking', token: refused.token, what: refused.data });
    }
  })().then(() => answer({}), (error) => answer({ token: error.token ?? 'launcher-failed', what: error.data }));
  return true;
});
