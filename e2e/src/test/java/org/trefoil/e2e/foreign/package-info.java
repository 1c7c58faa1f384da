/** Software of others, given what is on the sheets or in an exported file, and nothing of ours. */
package org.trefoil.e2e.foreign;
