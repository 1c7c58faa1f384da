/**
 * One-time codes (TOTP, RFC 6238) and recovery codes, each usable once. Depends on core, audit,
 * durable and keyfile.
 */
@NullMarked
package org.trefoil.server.secondfactor;

import org.jspecify.annotations.NullMarked;
