package org.trefoil.server.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test of what only a real PostgreSQL can show. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "org.trefoil.server.store.ThrowawayPostgres#there",
    disabledReason = "NO POSTGRESQL: run e2e/verify, which installs it and runs these tests")
public @interface OnPostgres {}
