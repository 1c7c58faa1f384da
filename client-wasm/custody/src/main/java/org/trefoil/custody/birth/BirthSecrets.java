package org.trefoil.custody.birth;

import org.jspecify.annotations.Nullable;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.keys.UserSeed;

/** The secrets of one birth, handed from stage to stage and wiped together. */
final class BirthSecrets implements AutoCloseable {
  private final UserSeed userSeed;
  private final AccountKey user;
  private @Nullable BackupSeed backupSeed;
  private @Nullable AccountKey backup;

  BirthSecrets(UserSeed userSeed, AccountKey user) {
    this.userSeed = userSeed;
    this.user = user;
  }

  void addBackup(BackupSeed seed, AccountKey account) {
    backupSeed = seed;
    backup = account;
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
  }

  @Override
  public String toString() {
    return "BirthSecrets[redacted]";
  }
}
