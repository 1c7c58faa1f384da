package org.trefoil.server.policy;

/**
 * Under which rules something was decided.
 *
 * @param version the newest that was signed; 0 where none was
 * @param step how many heads the wallet's rules had, each change, stop and thaw included; 0 for
 *     what was decided before they were counted
 */
public record RulesAt(int version, long step) {}
