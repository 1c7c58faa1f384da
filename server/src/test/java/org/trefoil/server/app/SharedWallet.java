package org.trefoil.server.app;

import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.http.Services;
import org.trefoil.server.store.MemberRows;
import org.trefoil.server.store.TestDatabase;

/**
 * A wallet with a member of each role, and people who are none: one who was, one who was asked, and
 * a stranger.
 */
public final class SharedWallet implements AutoCloseable {
  final TestHouse house;
  final Map<MemberRole, Person> people = new EnumMap<>(MemberRole.class);
  final Person removed;
  final Person invited;
  final Person stranger;

  /** On H2. */
  public SharedWallet() throws IOException {
    this(TestDatabase.H2);
  }

  SharedWallet(TestDatabase engine) throws IOException {
    house = new TestHouse(engine.fresh(), null);
    house.rooms.address().servedOn(8080);
    int seed = 1;
    for (MemberRole role : MemberRole.values()) {
      people.put(role, house.new Person(seed++));
    }
    removed = house.new Person(seed++);
    invited = house.new Person(seed++);
    stranger = house.new Person(seed);
    people.forEach(
        (role, person) -> {
          if (role != MemberRole.OWNER) {
            join(person, role);
          }
        });
    join(removed, MemberRole.ADMINISTRATOR);
    Person owner = people.get(MemberRole.OWNER);
    house
        .rooms
        .members()
        .change(owner.accountId, walletId(), removed.accountId, null, owner.code());
    ask(invited, MemberRole.ADMINISTRATOR);
  }

  private String ask(Person person, MemberRole role) {
    Person owner = people.get(MemberRole.OWNER);
    String email = house.rooms.accounts().find(person.accountId).orElseThrow().email();
    house.rooms.members().invite(owner.accountId, walletId(), email, role, owner.code());
    return link(house, email);
  }

  void join(Person person, MemberRole role) {
    house.rooms.members().accept(person.accountId, ask(person, role));
  }

  /** The newest link of an invitation that was mailed to an address. */
  static String link(TestHouse house, String email) {
    return house.rooms.post().room().shown(null).stream()
        .filter(mail -> mail.recipient().equals(email) && mail.text().contains("/invitations/"))
        .findFirst()
        .orElseThrow()
        .text()
        .replaceAll("(?s).*/invitations/([0-9a-f]{64}).*", "$1");
  }

  public String walletId() {
    return people.get(MemberRole.OWNER).walletId;
  }

  public Services services() {
    return house.rooms.services(TestHouse.config(java.nio.file.Path.of("unused"), null));
  }

  /** A full session of everybody, by role, or by what else they are. */
  public Map<String, String> sessions() {
    Map<String, String> sessions = new LinkedHashMap<>();
    people.forEach((role, person) -> sessions.put(role.name(), session(person)));
    sessions.put("removed", session(removed));
    sessions.put("invited", session(invited));
    sessions.put("stranger", session(stranger));
    return sessions;
  }

  private String session(Person person) {
    return house.rooms.sessions().open(person.accountId, true, "test", "127.0.0.1").token();
  }

  /** Lets everybody ask as often as at first. */
  public void forgetTries() {
    new MemberRows(house.foundation.database()).forgetTries();
  }

  public String memberId() {
    return people.get(MemberRole.VIEWER).accountId;
  }

  /** A payment that no block holds yet. */
  public String payment() {
    Person owner = people.get(MemberRole.OWNER);
    String fresh = house.rooms.wallets().anotherAddress(owner.accountId, walletId()).address();
    String txid = house.practice.faucet(Address.parse(fresh, Network.REGTEST), new Sats(300_000));
    house.rooms.chain().follower().catchUp();
    return txid;
  }

  /** A send of the spender that waits for its code. */
  public String send() {
    people.get(MemberRole.OWNER).receive(1_000_000);
    Person spender = people.get(MemberRole.SPENDER);
    SendView send =
        house
            .rooms
            .sends()
            .propose(
                spender.accountId,
                walletId(),
                people.get(MemberRole.OWNER).request("request-s", 100_000));
    return send.sendId();
  }

  @Override
  public void close() {
    house.close();
  }
}
