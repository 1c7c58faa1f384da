package org.trefoil.server.meter;

/**
 * Every metric of ours, in one table; what the virtual machine tells comes beside them as {@code
 * jvm_…} and {@code process_…}.
 *
 * <p>Labels are words out of closed sets: tokens, states, templates of paths. No account, wallet,
 * address or amount is ever a label.
 */
public enum Metric {
  UP("trefoil_ready", "1 while people can be served: database and chain are fine"),
  CHAIN_STATE("trefoil_chain_state", "1 for the state that the chain is in"),
  TIP_HEIGHT("trefoil_chain_tip_height", "Height of the last block followed"),
  TIP_AGE("trefoil_chain_tip_age_seconds", "Seconds since the time of the last block followed"),
  PEERS("trefoil_chain_peers", "Nodes that answer"),
  SENDS("trefoil_sends", "Sends that are not at an end, by stage"),
  OVERDUE("trefoil_sends_overdue", "Sends that should have been looked after a minute ago"),
  MAIL("trefoil_mail_waiting", "Mail that was not taken yet"),
  LIVE("trefoil_live_connections", "Browsers that listen for changes of a wallet"),
  WEB_BUSY("trefoil_web_threads_busy", "Threads of the web server at work"),
  WEB_WAITING("trefoil_web_requests_waiting", "Requests that wait for a thread"),
  POOL_BUSY("trefoil_database_connections_busy", "Database connections in use"),
  POOL_MOST("trefoil_database_connections_most", "Database connections there may be"),
  POOL_WAITING("trefoil_database_connections_waiting", "Threads that wait for a connection"),
  TLS_EXPIRES(
      "trefoil_tls_certificate_expiry_timestamp_seconds",
      "When the certificate served now expires, as Unix time; with TLS of our own"),
  TLS_REFUSED(
      "trefoil_tls_reloads_refused", "Changed certificate files that cannot be served with"),
  REFUSALS("trefoil_refusals", "Requests refused, by token"),
  LOGGED("trefoil_log_events", "Warnings and errors logged, by level"),
  HTTP("trefoil_http_request_seconds", "Time to answer, by route and status"),
  SIGN("trefoil_sign_seconds", "Time to open the server's key and sign one transaction");

  private final String id;
  private final String help;

  Metric(String id, String help) {
    this.id = id;
    this.help = help;
  }

  /** Its name; counters are shown with {@code _total} after it. */
  public String id() {
    return id;
  }

  String help() {
    return help;
  }
}
