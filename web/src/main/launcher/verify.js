/*
 * What a site serves of its release, checked as csp's ReleaseKeys, LogProof and VerifyServed check it: manifest signed by enough of
 * the pinned keys (C2SP signed notes, Ed25519), entry of a log that goes on from what was seen before (RFC 6962 tree, C2SP tiles).
 * No network of its own: whoever uses it says how a file is got. Shared by the launcher and the browser extension.
 */
'use strict';
globalThis.trefoilRelease = (() => {
  const utf8 = new TextEncoder();
  const TILE = 256;

  /** Why something is not believed; the sentence is found by the token. */
  class Refused extends Error {
    constructor(token, data = {}) {
      super(token);
      this.token = token;
      this.data = data;
    }
  }

  const demand = (holds, token, data) => {
    if (!holds) throw new Refused(token, data);
  };

  const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const base64Of = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
  const sha = async (name, ...parts) => new Uint8Array(await crypto.subtle.digest(name, await new Blob(parts).arrayBuffer()));

  /** SHA-384 of bytes or text, as manifests and pages write it. */
  const digest = async (content) => `sha384-${base64Of(await sha('SHA-384', content))}`;

  /** A verifier key, `name+id+base64(0x01 and 32 bytes)`. */
  function keyOf(text) {
    const [, name, id, base64] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
    const bytes = base64 === undefined ? [] : bytesOf(base64);
    demand(bytes.length === 33 && bytes[0] === 1, 'launcher-unsigned', { needed: '1', given: '0' });
    return { name, id, raw: bytes.slice(1) };
  }

  /** The keys of releases: `{ threshold, keys, log }`. */
  function keysOf(text) {
    const [header, threshold, ...rest] = text.trimEnd().split('\n');
    const named = (what) => rest.filter((line) => line.startsWith(`${what} `)).map((line) => keyOf(line.slice(what.length + 1)));
    const keys = named('key');
    const [log] = named('log');
    const needed = Number(/^threshold ([1-9])$/.exec(threshold)?.[1]);
    const sound = header === 'trefoil-release-keys 1' && needed <= keys.length && log !== undefined;
    demand(sound && new Set(keys.map(({ raw }) => base64Of(raw))).size === keys.length, 'launcher-unsigned', { needed: '1', given: '0' });
    return { threshold: needed, keys, log };
  }

  /** Which of these keys signed a note, and its text. */
  async function openNote(note, keys) {
    const end = note.lastIndexOf('\n\n');
    const text = note.slice(0, end + 1);
    const lines = note.slice(end + 2).split('\n').filter((line) => line !== '');
    const signers = [];
    for (const key of end < 0 ? [] : keys) {
      for (const line of lines) {
        const [, name, base64] = /^\u2014 (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
        if (name === key.name && (await signed(key, bytesOf(base64), text))) {
          signers.push(key.name);
          break;
        }
      }
    }
    return { text, signers };
  }

  /** A signature is four bytes of the key's id and 64 of Ed25519. */
  async function signed(key, bytes, text) {
    const id = Array.from(bytes.slice(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (bytes.length !== 68 || id !== key.id) return false;
    let verifier;
    try {
      verifier = await crypto.subtle.importKey('raw', key.raw, { name: 'Ed25519' }, false, ['verify']);
    } catch {
      throw new Refused('launcher-no-signatures');
    }
    return crypto.subtle.verify({ name: 'Ed25519' }, verifier, bytes.slice(4), utf8.encode(text));
  }

  /** A release's manifest: `{ version, sets, pages, bodies, vault, assets }`, digests as `sha384-…`, bodies as their header has them. */
  function manifestOf(text) {
    const lines = text.split('\n');
    const version = /^version ([0-9A-Za-z.-]{1,40})$/.exec(lines[1] ?? '')?.[1];
    demand(lines[0] === 'trefoil-release 1' && version !== undefined, 'launcher-unsigned', { needed: '1', given: '0' });
    const release = { version, sets: {}, pages: {}, bodies: {}, vault: '', assets: {}, text };
    for (const line of lines.slice(3)) {
      const header = /^headers (\S+) ([^:\s]+): (.+)$/.exec(line);
      const page = /^page (\S+) (\S+)$/.exec(line);
      const body = /^body (\S+) (sha-512=:\S+:)$/.exec(line);
      const vault = /^vault (sha384-\S+)$/.exec(line);
      const asset = /^(sha384-\S+) [0-9]+ \S+ (\S+)$/.exec(line);
      if (header) (release.sets[header[1]] ??= {})[header[2].toLowerCase()] = header[3];
      else if (page) release.pages[page[1]] = page[2];
      else if (body) release.bodies[body[1]] = body[2];
      else if (vault) release.vault = vault[1];
      else if (asset) release.assets[asset[2]] = asset[1];
    }
    return release;
  }

  const leafOf = (entry) => sha('SHA-256', new Uint8Array([0]), entry);
  const nodeOf = (left, right) => sha('SHA-256', new Uint8Array([1]), left, right);
  const same = (a, b) => base64Of(a) === base64Of(b);

  /** RFC 6962 §2.1. */
  async function rootOf(leaves) {
    if (leaves.length === 0) return sha('SHA-256');
    if (leaves.length === 1) return leaves[0];
    let split = 1;
    while (split * 2 < leaves.length) split *= 2;
    return nodeOf(await rootOf(leaves.slice(0, split)), await rootOf(leaves.slice(split)));
  }

  /** RFC 9162 §2.1.3.2. */
  async function includes(index, size, leaf, path, root) {
    let at = index;
    let last = size - 1;
    let hash = leaf;
    if (!(index < size)) return false;
    for (const beside of path) {
      if (last === 0) return false;
      if (at % 2 === 1 || at === last) {
        hash = await nodeOf(beside, hash);
        while (at % 2 === 0 && at !== 0) {
          at /= 2;
          last = Math.floor(last / 2);
        }
      } else {
        hash = await nodeOf(hash, beside);
      }
      at = Math.floor(at / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 && same(hash, root);
  }

  /** What a log says of itself, when its own key signed it: `{ size, root }`. */
  async function checkpointOf(note, log) {
    const { text, signers } = await openNote(note, [log]);
    const [origin, size, root] = text.split('\n');
    const sound = signers.length === 1 && origin === log.name && /^(0|[1-9][0-9]{0,9})$/.test(size) && /^[A-Za-z0-9+/]{43}=$/.test(root);
    demand(sound, 'launcher-not-logged');
    return { size: Number(size), root: bytesOf(root) };
  }

  /** `tile/0/x001/x234/067.p/5`, the lowest level. */
  function tileAt(index, width) {
    const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0').match(/.{3}/g);
    const path = digits.map((three, i) => (i < digits.length - 1 ? `x${three}` : three)).join('/');
    return `log/tile/0/${path}${width === TILE ? '' : `.p/${width}`}`;
  }

  async function leavesOf(size, get) {
    const leaves = [];
    for (let from = 0; from < size; from += TILE) {
      const width = Math.min(TILE, size - from);
      const bytes = new Uint8Array(await get(tileAt(from / TILE, width)));
      demand(bytes.length === width * 32, 'launcher-log-rewritten');
      for (let i = 0; i < width; i++) leaves.push(bytes.slice(i * 32, i * 32 + 32));
    }
    return leaves;
  }

  /**
   * The log as it is now, when the release is in it and it goes on from each checkpoint that was seen before, as { size, root }.
   * All of the tree is computed from its lowest tiles.
   */
  async function logOf(release, proof, keys, seen, get) {
    const parts = /^c2sp\.org\/tlog-proof@v1\n(?:extra .*\n)?index (0|[1-9][0-9]{0,9})\n((?:[A-Za-z0-9+/]{43}=\n){0,64})\n([^]+)$/.exec(proof);
    demand(parts !== null, 'launcher-not-logged');
    const proved = await checkpointOf(parts[3], keys.log);
    const path = parts[2].split('\n').filter((line) => line !== '').map(bytesOf);
    const leaf = await leafOf(utf8.encode(release.text));
    demand(await includes(Number(parts[1]), proved.size, leaf, path, proved.root), 'launcher-not-logged');
    const now = await checkpointOf(new TextDecoder().decode(await get('log/checkpoint')), keys.log);
    demand(now.size <= 100_000, 'launcher-not-logged');
    const leaves = await leavesOf(now.size, get);
    for (const old of [now, proved, ...seen]) {
      const goesOn = old.size >= 1 && old.size <= now.size && same(await rootOf(leaves.slice(0, old.size)), old.root);
      demand(goesOn, 'launcher-log-rewritten');
    }
    return { index: Number(parts[1]), ...now };
  }

  /**
   * The release that a site serves.
   *
   * keys: pinned, of keysOf. seen: checkpoints that the log must go on from. get(name): the bytes of a file below /.well-known/trefoil/.
   * Gives { release, signers, log }; throws Refused.
   */
  async function read(keys, seen, get) {
    const text = async (name) => new TextDecoder().decode(await get(name));
    const { text: signedText, signers } = await openNote(await text('release'), keys.keys);
    const count = { needed: String(keys.threshold), given: String(signers.length) };
    demand(signers.length >= keys.threshold, 'launcher-unsigned', count);
    const release = manifestOf(signedText);
    const log = await logOf(release, await text('proof'), keys, seen, get);
    return { release, signers, log };
  }

  /** Whether one version, `1.4.12`, is greater than another; anything else is not. */
  function newer(version, than) {
    const [a, b] = [version, than].map((each) => /^([0-9]{1,6})\.([0-9]{1,6})\.([0-9]{1,6})$/.exec(each)?.slice(1).map(Number));
    if (!a || !b) return false;
    const at = a.findIndex((number, i) => number !== b[i]);
    return at >= 0 && a[at] > b[at];
  }

  return { Refused, read, keysOf, manifestOf, digest, newer, bytesOf, base64Of };
})();
