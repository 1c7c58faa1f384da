/**
 * Hostile bytes for every parser that reads what strangers give: by Jazzer ({@code e2e/fuzz}), and
 * in each build what it once found and 2,000 seeded slips of good texts. Each module names its own.
 */
@org.jspecify.annotations.NullMarked
package org.trefoil.core.fuzz;
