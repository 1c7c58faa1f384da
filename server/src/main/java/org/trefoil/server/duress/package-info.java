/**
 * The second passcode: what is kept while somebody is forced to send, and when that is over. It
 * knows no wallet, no transaction and no page; who calls it says whose mark it was.
 */
@NullMarked
package org.trefoil.server.duress;

import org.jspecify.annotations.NullMarked;
