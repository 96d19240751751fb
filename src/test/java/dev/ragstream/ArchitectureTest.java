package dev.ragstream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of the house; docs/architecture.md gives the reasons. */
class ArchitectureTest {

  private static final List<String> ADAPTERS =
      List.of("ingest", "embed", "lucene", "elastic", "upstream", "model", "rerank", "template");

  /** Read once: it takes longer than all rules together. */
  private static final JavaClasses RAGSTREAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.ragstream");

  @Test
  void coreKnowsNoLibrary() {
    classes()
        .that()
        .resideInAPackage("..core..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.ragstream.core..", "java..", "org.jspecify..")
        .check(RAGSTREAM);
  }

  @Test
  void adaptersKnowCoreAndNeverEachOther() {
    for (String adapter : ADAPTERS) {
      noClasses()
          .that()
          .resideInAPackage("dev.ragstream." + adapter + "..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.ragstream..")
                  .and(resideInAPackage("dev.ragstream." + adapter + "..").negate())
                  .and(resideInAPackage("dev.ragstream.core..").negate())
                  .and(resideInAPackage("dev.ragstream.upstream..").negate()))
          .check(RAGSTREAM);
    }
  }

  /** Those that ask a model's server something speak HTTP through one package. */
  @Test
  void onlyThoseThatAskModelsKnowHowToSpeakToTheirServers() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "..upstream..", "..model..", "..embed..", "..rerank..", "..cassette..", "..app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.ragstream.upstream..")
        .check(RAGSTREAM);
  }

  @Test
  void renderingAndJudgingKnowCoreAlone() {
    for (String reader : List.of("render", "eval")) {
      noClasses()
          .that()
          .resideInAPackage("dev.ragstream." + reader + "..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.ragstream..")
                  .and(resideInAPackage("dev.ragstream." + reader + "..").negate())
                  .and(resideInAPackage("dev.ragstream.core..").negate()))
          .check(RAGSTREAM);
    }
  }

  @Test
  void theJournalKnowsCoreAndRenderingAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.ragstream.journal..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.ragstream..")
                .and(resideInAPackage("dev.ragstream.journal..").negate())
                .and(resideInAPackage("dev.ragstream.render..").negate())
                .and(resideInAPackage("dev.ragstream.core..").negate()))
        .check(RAGSTREAM);
  }

  @Test
  void theServerKnowsCoreAndRenderingAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.ragstream.server..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.ragstream..")
                .and(resideInAPackage("dev.ragstream.server..").negate())
                .and(resideInAPackage("dev.ragstream.render..").negate())
                .and(resideInAPackage("dev.ragstream.core..").negate()))
        .check(RAGSTREAM);
  }

  @Test
  void cassettesKnowCoreRenderingAndHowToSpeakToServersAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.ragstream.cassette..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.ragstream..")
                .and(resideInAPackage("dev.ragstream.cassette..").negate())
                .and(resideInAPackage("dev.ragstream.render..").negate())
                .and(resideInAPackage("dev.ragstream.upstream..").negate())
                .and(resideInAPackage("dev.ragstream.core..").negate()))
        .check(RAGSTREAM);
  }

  @Test
  void databasesAreKnownToTheVectorCacheAndTheJournalAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.ragstream.embed..", "dev.ragstream.journal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.sqlite..")
        .check(RAGSTREAM);
  }

  @Test
  void eachLibraryHasOneHome() {
    Map<String, String> homes =
        Map.ofEntries(
            entry("picocli..", "dev.ragstream.cli.."),
            entry("org.apache.lucene..", "dev.ragstream.lucene.."),
            entry("com.ibm.icu..", "dev.ragstream.lucene.."),
            entry("io.javalin..", "dev.ragstream.server.."),
            entry("org.eclipse.jetty..", "dev.ragstream.server.."),
            entry("jakarta.servlet..", "dev.ragstream.server.."),
            entry("co.elastic..", "dev.ragstream.elastic.."),
            entry("org.apache.hc..", "dev.ragstream.elastic.."),
            entry("ai.onnxruntime..", "dev.ragstream.embed.."),
            entry("ai.djl..", "dev.ragstream.embed.."),
            entry("com.samskivert..", "dev.ragstream.template.."),
            entry("org.apache.pdfbox..", "dev.ragstream.ingest.."),
            entry("org.apache.poi..", "dev.ragstream.ingest.."),
            entry("java.net.http..", "dev.ragstream.upstream.."),
            entry("com.knuddels..", "dev.ragstream.model.."),
            entry("io.micrometer..", "dev.ragstream.server.."));
    homes.forEach((library, home) ->
        noClasses()
            .that()
            .resideOutsideOfPackage(home)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library)
            .check(RAGSTREAM));
  }

  @Test
  void nothingKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..cli..")
        .check(RAGSTREAM);
  }

  @Test
  void onlyTheAssemblyAndTheCommandLineKnowTheSettings() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..config..", "..app..", "..cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.ragstream.config..")
        .check(RAGSTREAM);
  }

  @Test
  void onlyMainTouchesTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.ragstream.cli.Main")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(System.class, "in")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(RAGSTREAM);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.ragstream.(*)..").should().beFreeOfCycles().check(RAGSTREAM);
  }

  @Test
  void thereIsNoUtilPackage() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..")
        .check(RAGSTREAM);
  }
}
