package org.trefoil.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium with a profile of its own. Elements are found by their {@code data-testid},
 * on the page or, between {@link #enterVault} and {@link #leaveVault}, inside the vault frame.
 */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver driver;
  private final Path downloads;
  private final Set<Path> taken = new HashSet<>();
  private @Nullable String launcher;
  private String page = "";

  private Browser(ChromeDriver driver, Path downloads) {
    this.driver = driver;
    this.downloads = downloads;
  }

  /** A new browser that has seen nothing yet, in a desktop window and light colours. */
  public static Browser open() {
    return open("/usr/bin/chromium", List.of());
  }

  /**
   * The same in a network namespace of its own, in which there is nothing, not even this machine;
   * the driver speaks to it through a pipe.
   */
  public static Browser openWithoutNetwork() {
    try {
      Path start = Files.createTempFile("trefoil-unshared", ".sh");
      Files.writeString(start, "#!/bin/sh\nexec unshare -n /usr/bin/chromium \"$@\"\n");
      Files.setPosixFilePermissions(start, PosixFilePermissions.fromString("rwx------"));
      return open(start.toString(), List.of("--remote-debugging-pipe"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same before whose camera these frames are held again and again (YUV4MPEG2). */
  public static Browser openWithCamera(Path frames) {
    return open(
        "/usr/bin/chromium",
        List.of(
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--use-file-for-fake-video-capture=" + frames));
  }

  /** The same with an extension, from the folder that holds its parts. */
  public static Browser openWithExtension(Path folder) {
    return open(
        "/usr/bin/chromium",
        List.of(
            "--disable-features=DisableLoadExtensionCommandLineSwitch",
            "--load-extension=" + folder));
  }

  /**
   * The same, for which {@code host} is on this machine and a certificate with this public key is
   * good.
   *
   * @param ports where the host's own ports, as 443, really are
   * @param spki SHA-256 of the key's SubjectPublicKeyInfo, in Base64
   */
  public static Browser openFor(String host, Map<Integer, Integer> ports, String spki) {
    String rules =
        ports.entrySet().stream()
            .map(each -> "MAP " + host + ":" + each.getKey() + " 127.0.0.1:" + each.getValue())
            .collect(Collectors.joining(", "));
    return open(
        "/usr/bin/chromium",
        List.of("--host-resolver-rules=" + rules, "--ignore-certificate-errors-spki-list=" + spki));
  }

  private static Browser open(String program, List<String> more) {
    NewChromium started = NewChromium.start(program, more);
    return new Browser(started.driver(), started.downloads());
  }

  /** The driver itself, for what only one test needs. */
  public ChromeDriver driver() {
    return driver;
  }

  public void go(String url) {
    leaveVault();
    driver.get(url);
  }

  /** The address bar. */
  public String url() {
    return driver.getCurrentUrl();
  }

  /**
   * From now on the vault is in the window that is looked at, a launcher; pages are in a new one,
   * which is looked at next.
   */
  public void vaultIsHere() {
    launcher = driver.getWindowHandle();
    page = driver.switchTo().newWindow(WindowType.WINDOW).getWindowHandle();
  }

  /** Closes every window but that of the pages, in which the vault is again. */
  public void closeOthers() {
    for (String window : driver.getWindowHandles()) {
      if (!window.equals(page)) {
        driver.switchTo().window(window).close();
      }
    }
    driver.switchTo().window(page);
    launcher = null;
  }

  /** Looks at the window that was opened last, and returns how to come back. */
  public Runnable lookAtNewWindow(Set<String> before) {
    String here = driver.getWindowHandle();
    String fresh =
        until(
            () ->
                driver.getWindowHandles().stream()
                    .filter(handle -> !before.contains(handle))
                    .findFirst()
                    .orElse(null),
            "a window opens");
    driver.switchTo().window(fresh);
    return () -> driver.switchTo().window(here);
  }

  /** Waits for the vault frame and goes on inside it. */
  public void enterVault() {
    leaveVault();
    String frame = "iframe[src^='/vault']";
    if (launcher != null) {
      see("vault-launched");
      driver.switchTo().window(launcher);
      frame = "#box iframe";
    }
    driver.switchTo().frame(element(By.cssSelector(frame), PATIENCE));
  }

  public void leaveVault() {
    driver.switchTo().defaultContent();
    if (launcher != null) {
      driver.switchTo().window(page);
    }
  }

  /** Waits until {@code testId} is displayed. */
  public WebElement see(String testId) {
    return element(By.cssSelector("[data-testid='" + testId + "']"), PATIENCE);
  }

  /** Whether {@code testId} is displayed now. */
  public boolean sees(String testId) {
    for (WebElement found : driver.findElements(By.cssSelector("[data-testid='" + testId + "']"))) {
      try {
        if (found.isDisplayed()) {
          return true;
        }
      } catch (WebDriverException e) {
        if (!redrawn(e)) {
          throw e;
        }
        return sees(testId);
      }
    }
    return false;
  }

  /** Whether an element was there a moment ago; Chromium's driver has two ways to say so. */
  private static boolean redrawn(WebDriverException e) {
    return e instanceof StaleElementReferenceException
        || String.valueOf(e.getMessage()).contains("does not belong to the document");
  }

  /** What {@code question} answers; null, so that it is asked again, where the page was redrawn. */
  private static <T> @Nullable T settled(Supplier<T> question) {
    try {
      return question.get();
    } catch (WebDriverException e) {
      if (redrawn(e)) {
        return null;
      }
      throw e;
    }
  }

  /** What every element that carries {@code testId} shows, all of one drawing of the page. */
  public List<String> texts(String testId) {
    return until(
        () -> all(testId).stream().map(WebElement::getText).toList(), testId + " can be read");
  }

  /** The elements that carry {@code testId}. */
  public List<WebElement> all(String testId) {
    return driver.findElements(By.cssSelector("[data-testid='" + testId + "']"));
  }

  /** Waits for {@code testId} to show some text and returns it. */
  public String read(String testId) {
    return until(
        () -> {
          String text = see(testId).getText();
          return text.isBlank() ? null : text;
        },
        testId + " shows text");
  }

  /** Chooses a file in the file input {@code testId}, which need not be displayed. */
  public void choose(String testId, Path file) {
    until(() -> all(testId).isEmpty() ? null : true, testId + " is there");
    all(testId).get(0).sendKeys(file.toAbsolutePath().toString());
  }

  /** Drops a file onto {@code testId}: the page hears of it by a drop event alone. */
  public void drop(String testId, Path file) {
    try {
      Object taken =
          driver.executeScript(
              "const [area, name, base64] = arguments;"
                  + "const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));"
                  + "const dataTransfer = new DataTransfer();"
                  + "dataTransfer.items.add(new File([bytes], name));"
                  + "const drags = ['dragenter', 'dragover', 'drop'].map(kind => new DragEvent("
                  + "kind, {dataTransfer, bubbles: true, cancelable: true, composed: true}));"
                  + "drags.forEach(drag => area.dispatchEvent(drag));"
                  + "return drags[1].defaultPrevented && drags[2].defaultPrevented",
              see(testId),
              file.getFileName().toString(),
              Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
      if (!Boolean.TRUE.equals(taken)) {
        throw new AssertionError(testId + " leaves the file to the browser, which would open it");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void type(String testId, String text) {
    WebElement field = see(testId);
    field.clear();
    field.sendKeys(text);
  }

  public void click(String testId) {
    until(
        () -> {
          try {
            WebElement button = see(testId);
            if (!button.isEnabled()) {
              return null;
            }
            ((JavascriptExecutor) driver)
                .executeScript("arguments[0].scrollIntoView({block:'center'})", button);
            button.click();
            return true;
          } catch (org.openqa.selenium.ElementClickInterceptedException
              | StaleElementReferenceException moved) {
            return null;
          }
        },
        testId + " can be clicked");
  }

  /** Waits for the refusal whose {@code data-token} is {@code token} and returns its sentence. */
  public String refusal(String token) {
    return until(
        () -> {
          for (WebElement found :
              driver.findElements(By.cssSelector("[data-token='" + token + "']"))) {
            if (found.isDisplayed() && !found.getText().isBlank()) {
              return found.getText();
            }
          }
          return null;
        },
        "the refusal " + token + " is shown");
  }

  /**
   * Waits until {@code question} has an answer, or fails with a screenshot named in the message.
   */
  public <T> T until(Supplier<T> question, String what) {
    try {
      return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(100))
          .until(ignored -> settled(question));
    } catch (TimeoutException e) {
      throw new AssertionError(
          "Waited in vain until "
              + what
              + " at "
              + url()
              + "; see "
              + shot("failure")
              + "\n"
              + text(),
          e);
    }
  }

  /** Every text a person sees in the present frame. */
  public String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** Saves a picture of the window under the build folder and returns its path. */
  public Path shot(String name) {
    try {
      Path folder = Path.of(System.getProperty("trefoil.shots", "target/screenshots"));
      Files.createDirectories(folder);
      Path file = folder.resolve(name + ".png");
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Chooses window and colours: a phone is 390 by 844 points. */
  public void look(boolean phone, boolean dark) {
    driver.manage().window().setSize(phone ? new Dimension(390, 844) : new Dimension(1280, 900));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /**
   * Waits until a download that was not returned before and ends with {@code suffix} is complete.
   */
  public Path download(String suffix) {
    return until(
        () -> {
          try (var files = Files.list(downloads)) {
            return files
                .filter(file -> file.getFileName().toString().endsWith(suffix))
                .filter(taken::add)
                .findFirst()
                .orElse(null);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        "a " + suffix + " file is downloaded");
  }

  /** What the console has said since the last call, one entry a line. */
  public String console() {
    StringBuilder lines = new StringBuilder();
    driver
        .manage()
        .logs()
        .get(LogType.BROWSER)
        .forEach(
            entry ->
                lines.append(entry.getLevel()).append(' ').append(entry.getMessage()).append('\n'));
    return lines.toString();
  }

  @Override
  public void close() {
    driver.quit();
  }

  private @Nullable WebElement displayed(By by) {
    for (WebElement found : driver.findElements(by)) {
      if (found.isDisplayed()) {
        return found;
      }
    }
    return null;
  }

  private WebElement element(By by, Duration patience) {
    try {
      return new WebDriverWait(driver, patience, Duration.ofMillis(50))
          .until(d -> settled(() -> displayed(by)));
    } catch (TimeoutException e) {
      throw new AssertionError(
          "Waited in vain for " + by + " at " + url() + "; see " + shot("failure") + "\n" + text(),
          e);
    }
  }
}
