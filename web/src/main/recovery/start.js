/*
 * Starts the recovery page: takes vault.wasm out of this same file and hands it to the loader, which compares its hash before it
 * runs. The task is the only thing that is ever said to the vault; what the vault says to a page is of no interest here.
 */
'use strict';
(() => {
  const data = document.querySelector('script[type="application/octet-stream"]');
  if (parent !== window) {
    document.querySelector('[role="status"]').textContent = 'Open this file by itself, not inside another page.';
    return;
  }
  const text = atob(data.textContent.trim());
  const wasm = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) wasm[i] = text.charCodeAt(i);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => {
    if (JSON.parse(event.data).type === 'ready') port1.postMessage('{"type":"recover"}');
  };
  postMessage({ trefoil: 'port', wasm: wasm.buffer }, '*', [port2]);
})();
