package org.trefoil.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium that was just started and answers. One in some hundreds never does, on a busy
 * machine, nor says why; it is given up, aloud, for another one.
 */
record NewChromium(ChromeDriver driver, Path downloads) {
  private static final int TRIES = 3;
  private static final int ANSWERS_WITHIN_S = 60;

  /**
   * Starts one with a profile of its own.
   *
   * @param program what is run as Chromium
   * @param more flags beside the usual ones
   */
  static NewChromium start(String program, List<String> more) {
    for (int tries = 1; ; tries++) {
      ChromeDriverService service =
          new ChromeDriverService.Builder()
              .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
              .usingAnyFreePort()
              .build();
      NewChromium started = in(service, program, more);
      try {
        CompletableFuture.supplyAsync(started.driver::getCurrentUrl)
            .orTimeout(ANSWERS_WITHIN_S, TimeUnit.SECONDS)
            .join();
        return started;
      } catch (CompletionException e) {
        service.stop();
        if (tries == TRIES) {
          throw e;
        }
        System.err.println("A NEW CHROMIUM DID NOT ANSWER, another one is started: " + e);
      }
    }
  }

  private static NewChromium in(ChromeDriverService service, String program, List<String> more) {
    try {
      Path profile = Files.createTempDirectory("trefoil-chromium");
      Path downloads = Files.createDirectory(profile.resolve("downloads"));
      ChromeOptions options = new ChromeOptions();
      options.setBinary(program);
      options.addArguments(more);
      options.addArguments(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--window-size=1280,900",
          "--user-data-dir=" + profile.resolve("profile"));
      Map<String, Object> preferences = new HashMap<>();
      preferences.put("download.default_directory", downloads.toString());
      preferences.put("download.prompt_for_download", false);
      preferences.put("credentials_enable_service", false);
      options.setExperimentalOption("prefs", preferences);
      LoggingPreferences logs = new LoggingPreferences();
      logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
      options.setCapability("goog:loggingPrefs", logs);
      return new NewChromium(new ChromeDriver(service, options), downloads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
