/**
 * The server's keys in a process of their own: what it keeps, what it refuses, the socket that it
 * listens on, and how the front asks it. It believes nothing that the front says and that it can
 * know itself. Depends on core, cosign, policy, rules, secondfactor, passkey, keyfile and durable;
 * never on a database.
 */
@NullMarked
package org.trefoil.server.signer;

import org.jspecify.annotations.NullMarked;
