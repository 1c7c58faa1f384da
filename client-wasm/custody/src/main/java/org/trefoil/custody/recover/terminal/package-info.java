/**
 * The program {@code trefoil-recover.jar}: recovery as a conversation in a terminal. The only room
 * that speaks to a person and touches files; nobody depends on it, and it asks no network.
 */
@NullMarked
package org.trefoil.custody.recover.terminal;

import org.jspecify.annotations.NullMarked;
