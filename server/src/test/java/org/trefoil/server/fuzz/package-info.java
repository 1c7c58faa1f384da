/** The parsers of server and csp that read what strangers give. */
@org.jspecify.annotations.NullMarked
package org.trefoil.server.fuzz;
