/** The parsers of core and custody that read what strangers give. */
@org.jspecify.annotations.NullMarked
package org.trefoil.custody.fuzz;
