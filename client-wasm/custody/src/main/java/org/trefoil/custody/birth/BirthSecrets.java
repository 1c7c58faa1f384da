package org.trefoil.custody.birth;

import org.jspecify.annotations.Nullable;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.slip39.ShareSet;

/** The secrets of one birth, handed from stage to stage and wiped together. */
final class BirthSecrets implements AutoCloseable {
  private final UserSeed userSeed;
  private final AccountKey user;
  private @Nullable BackupSeed backupSeed;
  private @Nullable AccountKey backup;
  private @Nullable ShareSet shares;

  BirthSecrets(UserSeed userSeed, AccountKey user) {
    this.userSeed = userSeed;
    this.user = user;
  }

  void addBackup(BackupSeed seed, AccountKey account) {
    backupSeed = seed;
    backup = account;
  }

  void addShares(ShareSet set) {
    shares = set;
  }

  UserSeed userSeed() {
    return userSeed;
  }

  AccountKey user() {
    return user;
  }

  @Nullable BackupSeed backupSeed() {
    return backupSeed;
  }

  @Nullable AccountKey backup() {
    return backup;
  }

  @Nullable ShareSet shares() {
    return shares;
  }

  @Override
  public void close() {
    userSeed.close();
    user.close();
    if (backupSeed != null) {
      backupSeed.close();
    }
    if (backup != null) {
      backup.close();
    }
    if (shares != null) {
      shares.close();
    }
  }

  @Override
  public String toString() {
    return "BirthSecrets[redacted]";
  }
}
