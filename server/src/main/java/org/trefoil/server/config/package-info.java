/**
 * What an operator can choose: one table of keys that drives the file, the environment, the flags
 * and {@code --help}. Depends on core alone.
 */
@NullMarked
package org.trefoil.server.config;

import org.jspecify.annotations.NullMarked;
