/*
 * The launcher: gets the vault's document, loader and wasm from the server that a person named, runs them in a frame of its own if
 * they are the ones that this file pins, or those of a newer release that the pinned keys signed and the log holds, and lends that
 * frame to the server's pages. What is compared is what runs: the bytes stay here and are not fetched a second time.
 * Messages of the vault pass through as texts; nothing here reads them but for the frame's height and its end.
 */
'use strict';
(() => {
  const { Refused, read, keysOf, digest, newer, bytesOf } = trefoilRelease;
  const SITE = document.documentElement.dataset.site;
  const PATIENCE_MS = 20_000;
  const id = (name) => document.getElementById(name);
  const show = (name, visible = true) => { id(name).hidden = !visible; };
  const dataOf = (name) => new TextDecoder().decode(bytesOf(id(name).textContent));
  const sentences = new Map(dataOf('sentences').trimEnd().split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  const policy = trustedTypes.createPolicy('launcher', { createHTML: () => dataOf('frame') });

  /** What is remembered of a site, where the browser lets a file remember: public, and only ever makes this file stricter. */
  const memory = {
    get(name) {
      try {
        return localStorage.getItem(`trefoil.launcher.${name}`);
      } catch {
        return null;
      }
    },
    set(name, value) {
      try {
        localStorage.setItem(`trefoil.launcher.${name}`, value);
      } catch {
        // then it is asked anew each time
      }
    },
  };

  /** Says why nothing runs, and takes away what could be mistaken for a start. */
  function refuse(error) {
    const refused = error instanceof Refused ? error : new Refused('launcher-failed');
    let sentence = sentences.get(refused.token) ?? refused.token;
    for (const [name, value] of Object.entries(refused.data)) sentence = sentence.replace(`{${name}}`, value);
    id('error').dataset.token = refused.token;
    id('error').textContent = sentence;
    show('error');
    show('looking', false);
  }

  /** Bytes of a file of the site, without cookies; nothing is taken from a cache that others filled. */
  async function bytesAt(path, missing) {
    let answer;
    try {
      answer = await fetch(SITE + path, { credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(PATIENCE_MS) });
      if (answer.ok) return await answer.arrayBuffer();
    } catch {
      throw new Refused('launcher-unreachable', { site: SITE });
    }
    throw new Refused(missing);
  }

  /** What the file pins: `{ version, loader, style, wasm, keys?, seen }`. */
  function pinsOf(text) {
    const start = text.indexOf('trefoil-release-keys 1\n');
    const lines = new Map((start < 0 ? text : text.slice(0, start)).trimEnd().split('\n').map((line) => line.split(/ (.*)/)));
    const seen = lines.get('seen')?.split(' ');
    return {
      version: lines.get('version'),
      loader: lines.get('loader'),
      style: lines.get('style'),
      wasm: lines.get('wasm'),
      keys: start < 0 ? undefined : keysOf(text.slice(start)),
      seen: seen ? [{ size: Number(seen[0]), root: bytesOf(seen[1]) }] : [],
    };
  }

  /** Fetches, compares, and gives what is to run, with what is to be told; throws Refused. */
  async function check() {
    const pins = pinsOf(dataOf('pins'));
    const [page, loader, wasm] = await Promise.all(
      ['/vault', '/assets/vault-loader.js', '/assets/vault.wasm'].map((path) => bytesAt(path, 'launcher-tampered')));
    const pageText = new TextDecoder().decode(page);
    const style = pageText.slice(pageText.indexOf('<style>') + 7, pageText.indexOf('</style>'));
    const loaderText = new TextDecoder().decode(loader);
    // The served loader names this very file, which cannot name itself: compared, and run, is the text without that name.
    const nameless = loaderText.replace(/LAUNCHER_SHA256 = '[0-9a-f]{64}'/, "LAUNCHER_SHA256 = ''");
    const got = { style: await digest(style), loader: await digest(nameless), wasm: await digest(wasm) };
    const least = memory.get(`version.${SITE}`);
    const passed = (version) => least !== null && newer(least, version);
    const found = { style, wasm, got, pins };
    if (got.style === pins.style && got.loader === pins.loader && got.wasm === pins.wasm) {
      if (passed(pins.version)) throw new Refused('launcher-older', { version: pins.version, pinned: least });
      return { ...found, loader: nameless, version: pins.version, pinned: true };
    }
    if (!pins.keys) throw new Refused('launcher-other', { version: pins.version });
    const remembered = memory.get(`seen.${SITE}`)?.split(' ');
    const seen = remembered ? [...pins.seen, { size: Number(remembered[0]), root: bytesOf(remembered[1]) }] : pins.seen;
    const { release, signers, log } = await read(pins.keys, seen, (name) => bytesAt(`/.well-known/trefoil/${name}`, 'launcher-not-logged'));
    // The same version, but not the bytes that this file pins.
    if (release.version === pins.version) throw new Refused('launcher-tampered');
    const behind = passed(release.version);
    if (behind || !newer(release.version, pins.version)) {
      throw new Refused('launcher-older', { version: release.version, pinned: behind ? least : pins.version });
    }
    const same = (await digest(page)) === release.vault && (await digest(loader)) === release.assets['vault-loader.js'] && got.wasm === release.assets['vault.wasm'];
    if (!same) throw new Refused('launcher-tampered');
    memory.set(`seen.${SITE}`, `${log.size} ${trefoilRelease.base64Of(log.root)}`);
    memory.set(`version.${SITE}`, release.version);
    return { ...found, loader: loaderText, version: release.version, pinned: false, signers, log };
  }

  /** The first 88 bits of a digest in eight words of BIP-0039, for people who compare. */
  function words(integrity) {
    const list = dataOf('words').trimEnd().split('\n');
    const bits = Array.from(bytesOf(integrity.slice(7)).slice(0, 11), (byte) => byte.toString(2).padStart(8, '0')).join('');
    return bits.match(/.{11}/g).map((eleven) => list[parseInt(eleven, 2)]).join(' ');
  }

  function fact(name, integrity, pinned) {
    const dt = document.createElement('dt');
    const dd = document.createElement('dd');
    const hash = document.createElement('small');
    dt.textContent = name;
    dd.textContent = words(integrity);
    hash.className = 'mono';
    hash.textContent = integrity;
    dd.append(hash);
    if (pinned && pinned !== integrity) {
      const before = document.createElement('small');
      before.textContent = `This file pins: ${words(pinned)}`;
      dd.append(before);
    }
    id('facts').append(dt, dd);
  }

  function tell(found) {
    show('looking', false);
    id('verdict').textContent = found.pinned ? `Release ${found.version}, as this file pins it` : `A newer release: ${found.version}`;
    id('told').textContent = found.pinned
      ? 'The server’s vault is, byte for byte, the one that this file was made with.'
      : `This file pins ${found.pins.version}. The newer one is signed by ${found.signers.join(' and ')}, is entry ${found.log.index} of the public log, and the log goes on from what was seen before.`;
    fact('Loader', found.got.loader);
    fact('Program', found.got.wasm, found.pins.wasm);
    show('checked');
    id('verdict').focus();
  }

  /** One vault at a time, in a new frame for each task; gives what ends it. */
  function lend(found, port) {
    let task;
    const end = (reason) => {
      if (!task) return;
      task.frame.remove();
      task.vault?.close();
      if (reason) port.postMessage({ to: 'page', id: task.id, text: JSON.stringify({ type: 'closed', reason }) });
      task = undefined;
      show('box', false);
      show('idle');
      document.title = 'Trefoil launcher';
    };
    const open = (wanted) => {
      end('vault-closed');
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts allow-downloads allow-modals');
      frame.setAttribute('title', 'The vault');
      frame.srcdoc = policy.createHTML('');
      task = { id: wanted, frame };
      show('box');
      show('idle', false);
      id('box').append(frame);
      document.title = '● Trefoil launcher is asked';
    };
    addEventListener('message', ({ source, data }) => {
      if (!task || source !== task.frame.contentWindow) return;
      if (data?.trefoil === 'boot-ready') source.postMessage({ trefoil: 'loader', loader: found.loader, style: found.style }, '*');
      if (data?.trefoil === 'frame-ready' && !task.vault) {
        const { port1, port2 } = new MessageChannel();
        const wasm = found.wasm.slice(0);
        task.vault = port1;
        port1.onmessage = ({ data: text }) => hear(task, text);
        source.postMessage({ trefoil: 'port', wasm }, '*', [port2, wasm]);
        port.postMessage({ to: 'page', id: task.id, ready: true });
      }
    });
    function hear(from, text) {
      if (from !== task) return;
      const said = JSON.parse(text);
      // Both bounds are ours: a frame cannot grow over the page.
      if (said.type === 'height') task.frame.style.height = `${Math.min(Math.max(Number(said.px) || 0, 80), 6000)}px`;
      else port.postMessage({ to: 'page', id: task.id, text });
      if (said.type === 'closed') document.title = 'Trefoil launcher';
    }
    port.onmessage = ({ data }) => {
      if (data?.to !== 'launcher' || typeof data.id !== 'string') return;
      if (data.open) open(data.id);
      else if (data.id === task?.id && data.close) end();
      else if (data.id === task?.id && typeof data.text === 'string') task.vault?.postMessage(data.text);
    };
    return end;
  }

  /** Opens the small window, which asks for nothing but a code, and waits for that code to be typed here. */
  function connect(found) {
    let small;
    let offered;
    let paired = false;
    let watch;
    let end = () => {};
    const withdraw = () => {
      offered?.close();
      offered = undefined;
    };
    /** The small window is closed: nothing reaches this one any more, and all begins anew by the button. */
    const missed = () => {
      clearInterval(watch);
      end();
      withdraw();
      paired = false;
      id('code').value = '';
      show('pairing', false);
      show('connected', false);
      show('checked');
      refuse(new Refused('launcher-window'));
    };
    id('connect').addEventListener('click', () => {
      show('error', false);
      small = open(`${SITE}/launched`, 'trefoil-launched', 'popup,width=460,height=520');
      if (!small) return refuse(new Refused('launcher-window'));
      clearInterval(watch);
      watch = setInterval(() => small.closed && missed(), 2_000);
    });
    addEventListener('message', ({ source, origin, data }) => {
      if (paired || source !== small || origin !== SITE) return;
      if (data?.trefoil === 'launched') {
        withdraw();
        show('checked', false);
        show('pairing');
        id('code').focus();
      }
      if (data?.trefoil === 'code-wrong') {
        withdraw();
        id('code').value = '';
        refuse(new Refused('launcher-code'));
      }
      if (data?.trefoil === 'paired' && offered) {
        paired = true;
        end = lend(found, offered);
        show('error', false);
        show('pairing', false);
        show('connected');
      }
    });
    const pair = () => {
      // Until the one that was offered is taken or refused there is no other.
      if (offered) return;
      const { port1, port2 } = new MessageChannel();
      offered = port1;
      small.postMessage({ trefoil: 'launcher', code: id('code').value.replace(/\s/g, '') }, SITE, [port2]);
    };
    id('pair').addEventListener('click', pair);
    id('code').addEventListener('keydown', (event) => event.key === 'Enter' && pair());
  }

  function ask() {
    show('where');
    id('site').value = memory.get('site') ?? '';
    const look = () => {
      let origin;
      try {
        origin = new URL(id('site').value).origin;
      } catch {
        return refuse(new Refused('launcher-site'));
      }
      if (!/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$))/.test(origin)) return refuse(new Refused('launcher-site'));
      memory.set('site', origin);
      location.hash = origin;
      return location.reload();
    };
    id('look').addEventListener('click', look);
    id('site').addEventListener('keydown', (event) => event.key === 'Enter' && look());
  }

  async function begin() {
    if (parent !== window) throw new Refused('launcher-framed');
    if (typeof crypto.subtle !== 'object' || typeof WebAssembly !== 'object') throw new Refused('browser-too-old');
    if (!SITE) return ask();
    id('at').textContent = SITE;
    id('elsewhere').addEventListener('click', () => {
      location.hash = '';
      location.reload();
    });
    show('looking');
    const found = await check();
    tell(found);
    return connect(found);
  }

  begin().catch(refuse);
})();
