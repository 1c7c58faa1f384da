/** What was built, looked at from outside: the jar's contents, the pages' accessibility. */
package org.trefoil.e2e.audit;
