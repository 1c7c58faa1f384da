package org.trefoil.server.app;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Spendable;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.policy.Ceilings;

/** Sends that share one limit over 24 hours, at one house or at several on one database. */
final class LimitedSends {
  /** Each limit over a time but the operator's for one wallet, which has tests of its own. */
  enum Kind {
    WINDOW(Token.LIMIT_WINDOW),
    SENDS(Token.LIMIT_SENDS),
    MEMBER(Token.LIMIT_MEMBER),
    ALL(Token.LIMIT_SERVER);

    final Token token;

    Kind(Token token) {
      this.token = token;
    }
  }

  private static final int HOURS = 24;
  private static final int CODES = 30;

  private final Kind kind;
  private final long each;
  private final List<TestSends> rooms = new ArrayList<>();
  private final TestHouse first;
  private final List<Person> owners = new ArrayList<>();
  private final Person sender;
  private final List<List<String>> codes = new ArrayList<>();
  private int confirmed;

  /**
   * Coins and a limit.
   *
   * @param most how many sends of {@code each} satoshis and their fees the limit lets through
   * @param coins of {@code coin} satoshis each, over all wallets
   * @param careful measures the limit's time
   */
  LimitedSends(
      Kind kind,
      int most,
      long each,
      int coins,
      long coin,
      InstantSource careful,
      TestHouse... houses) {
    this.kind = kind;
    this.each = each;
    first = houses[0];
    first.rooms.address().servedOn(8080);
    long sats = most * each + each / 2; // fees go into the rest
    Ceilings ceilings = new Ceilings(null, kind == Kind.ALL ? new Sats(sats) : null);
    for (TestHouse house : houses) {
      rooms.add(TestSends.limited(house, ceilings, careful));
    }
    Person ada = first.new Person(11);
    Person bob = first.new Person(12);
    owners.add(ada);
    sender = kind == Kind.MEMBER ? bob : ada;
    switch (kind) {
      case WINDOW -> sign(ada, TestRules.none().amount(HOURS, sats));
      case SENDS -> sign(ada, TestRules.none().count(HOURS, most));
      case MEMBER -> {
        String email = first.rooms.wallets().email(bob.accountId);
        first
            .rooms
            .members()
            .invite(ada.accountId, ada.walletId, email, MemberRole.SPENDER, ada.code());
        first.rooms.members().accept(bob.accountId, SharedWallet.link(first, email));
        sign(ada, TestRules.none().member(HOURS, sats, new Rules.Person(bob.accountId, email)));
      }
      case ALL -> owners.add(bob);
    }
    for (int i = 0; i < owners.size(); i++) {
      codes.add((kind == Kind.ALL ? owners.get(i) : sender).codes(CODES));
    }
    for (int i = 0; i < coins; i++) {
      owners.get(i % owners.size()).receive(coin);
    }
  }

  private void sign(Person owner, TestRules rules) {
    PolicyDocument document =
        owner.vault.policy(
            owner.cosigners,
            owner.walletId,
            first.rooms.rulebook().view(owner.accountId, owner.walletId),
            rules.done(),
            0,
            KeyRole.USER);
    first
        .rooms
        .rulebook()
        .sign(owner.accountId, owner.walletId, new PolicyRequest(document, owner.code()));
  }

  private Person owner(int number) {
    return owners.get(number % owners.size());
  }

  private String account(int number) {
    return (kind == Kind.ALL ? owner(number) : sender).accountId;
  }

  private TestSends room(int number) {
    return rooms.get(number / owners.size() % rooms.size());
  }

  /** Proposes the send of that number, of a coin of its own. */
  SendView propose(int number) {
    Person owner = owner(number);
    Spendable all = first.rooms.book().spendable(owner.accountId, owner.walletId);
    Spendable one =
        new Spendable(
            List.of(all.coins().get(number / owners.size())),
            all.fees(),
            all.changeIndex(),
            all.tipHeight(),
            all.lockTime());
    String id = "request-" + number + "-limited";
    return room(number)
        .sends()
        .propose(
            account(number),
            owner.walletId,
            owner.vault.send(owner.cosigners, one, id, TestHouse.ELSEWHERE, each));
  }

  /** Confirms the send of that number, with a code of its own, at another house where there is. */
  SendView confirm(int number, SendView send) {
    return room(number + owners.size())
        .sends()
        .confirm(
            account(number),
            owner(number).walletId,
            send.sendId(),
            codes.get(number % owners.size()).get(number));
  }

  /** One after the other: the next send, of whatever coin is free. */
  SendState send() {
    int number = confirmed++;
    Person owner = owner(number);
    SendView proposed =
        room(number)
            .sends()
            .propose(
                account(number), owner.walletId, owner.request("request-" + number + "-one", each));
    return confirm(number, proposed).state();
  }

  Kind kind() {
    return kind;
  }
}
