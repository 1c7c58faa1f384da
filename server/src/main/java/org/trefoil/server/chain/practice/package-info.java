/**
 * The practice chain: a regtest network inside this process, with blocks that a real node takes.
 * Holds no key; its own coins are open to everybody and worth nothing.
 */
@NullMarked
package org.trefoil.server.chain.practice;

import org.jspecify.annotations.NullMarked;
