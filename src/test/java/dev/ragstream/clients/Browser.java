package dev.ragstream.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Chromium without a window, which {@code scripts/test} installs. It takes {@code
 * evil.example} for this machine, as browsers do when a page's server has its name point there.
 */
final class Browser implements AutoCloseable {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ChromeDriver driver;

  /** Starts one; skips the tests of a class where there is none. */
  Browser() {
    Optional<Path> chromium = onPath("chromium");
    Optional<Path> chromedriver = onPath("chromedriver");
    assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "there is no browser: run scripts/test, or install chromium and chromium-driver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // root may not have one
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--host-resolver-rules=MAP evil.example 127.0.0.1");
    ChromeDriverService service = ChromeDriverService.createDefaultService();
    service.setExecutable(chromedriver.orElseThrow().toString());
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
  }

  private static Optional<Path> onPath(String command) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst();
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens a page. */
  void open(String url) {
    driver.get(url);
  }

  /**
   * What a script of an open page comes to: the body of an asynchronous function that gets {@code
   * args} and returns anything that JSON can hold.
   */
  JsonNode run(String script, Object... arguments) {
    Object result =
        driver.executeAsyncScript(
            """
            const args = [...arguments];
            const done = args.pop();
            (async () => {%s})().then(
              (value) => done(JSON.stringify(value ?? null)),
              (error) => done(JSON.stringify({ threw: String(error) })));
            """
                .formatted(script),
            arguments);
    return MAPPER.readTree(String.valueOf(result));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
