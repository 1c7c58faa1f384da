/*
 * The frame's own script: takes the vault's loader and style from the launcher around it, which has checked them, and runs the
 * loader. What the loader may do is what this document's policy and the sandbox around it let it: no network, no storage, no origin.
 */
'use strict';
(() => {
  const policy = trustedTypes.createPolicy('launcher', { createScript: (checked) => checked });
  addEventListener('message', function take(event) {
    if (event.source !== parent || parent === window || event.data?.trefoil !== 'loader') return;
    removeEventListener('message', take);
    const style = new CSSStyleSheet();
    style.replaceSync(event.data.style);
    document.adoptedStyleSheets = [style];
    const script = document.createElement('script');
    script.textContent = policy.createScript(event.data.loader);
    document.head.append(script);
  });
  parent.postMessage({ trefoil: 'boot-ready' }, '*');
})();
