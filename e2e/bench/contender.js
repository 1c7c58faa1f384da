// Trefoil behind the side-by-side benchmark's contender interface: the product's own core and custody, compiled by TeaVM (e2e/bench/build).
import { run } from './runtime.js';
const hex = (b) => Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('');
let ask;
export default {
  name: 'trefoil', title: 'Trefoil core + custody (TeaVM wasm)',
  async init(keys) {
    const bytes = await (await fetch(new URL('./proof.wasm', import.meta.url))).arrayBuffer();
    const port = { postMessage(text) { port.said = text; } };
    (await run(bytes, port))([]);
    ask = (command) => {
      port.onmessage({ data: JSON.stringify(command) });
      if (port.said.startsWith('refused ')) throw new Error(port.said);
      return port.said;
    };
    const roles = ['user', 'backup', 'server'];
    ask({ do: 'init', masterXprv: keys.user.masterXprv, fingerprints: roles.map((r) => keys[r].fingerprint), xpubs: roles.map((r) => keys[r].accountXpub) });
  },
  keyCeremony(entropies = [0, 1].map(() => crypto.getRandomValues(new Uint8Array(32)))) {
    return JSON.parse(ask({ do: 'ceremony', entropies: entropies.map(hex) }));
  },
  deriveAddresses(n) { return ask({ do: 'derive', n }).trim().split('\n'); },
  halfSign(psbt) { return ask({ do: 'sign', psbt }); },
  stretch(passcode, salt) {
    const b64 = (x) => btoa(String.fromCharCode(...(typeof x === 'string' ? new TextEncoder().encode(x) : x)));
    const out = ask({ do: 'stretch', password: b64(passcode), salt: b64(salt), memoryKiB: 65536, iterations: 3, parallelism: 1 });
    return Uint8Array.from(atob(out), (c) => c.charCodeAt(0));
  },
  cases(from, count) { return ask({ do: 'cases', from, count }); },
  kdfs: ['argon2id'],
};
