/**
 * Accounts, the hash of their sign-in proof, and sessions. Never sees a password. Depends on core,
 * audit, durable and keyfile.
 */
@NullMarked
package org.trefoil.server.account;

import org.jspecify.annotations.NullMarked;
