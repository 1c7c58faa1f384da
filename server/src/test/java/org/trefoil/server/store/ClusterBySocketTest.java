package org.trefoil.server.store;

/** As {@link ClusterTest}, with both processes on the PostgreSQL's own machine. */
@OnPostgres
class ClusterBySocketTest extends ClusterTest {
  @Override
  String way(String there) {
    return ThrowawayPostgres.shared().bySocket(there);
  }
}
