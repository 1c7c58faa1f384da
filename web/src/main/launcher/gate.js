/*
 * The first thing that runs in the launcher: names the one server that may be asked, from the address of this page (#https://…, which
 * a button of it sets), and closes the network to all others. A page can only narrow what its policy says, so the one above is wide.
 */
'use strict';
(() => {
  let origin = "'none'";
  try {
    const named = new URL(location.hash.slice(1)).origin;
    const local = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?$/.test(named);
    if (local || /^https:\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]+)?$/.test(named)) origin = named;
  } catch {
    // no address: it stays closed
  }
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `connect-src ${origin}`;
  document.head.append(policy);
  if (origin !== "'none'") document.documentElement.dataset.site = origin;
})();
