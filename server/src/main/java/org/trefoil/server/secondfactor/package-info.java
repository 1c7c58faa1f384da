/**
 * One-time codes (TOTP, RFC 6238) and recovery codes, each usable once, and what stands in for
 * them. Depends on core, passkey, audit, durable and keyfile.
 */
@NullMarked
package org.trefoil.server.secondfactor;

import org.jspecify.annotations.NullMarked;
