package dev.ragstream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of the house; docs/architecture.md gives the reasons. */
class ArchitectureTest {

  private static final List<String> ADAPTERS =
      List.of("ingest", "embed", "lucene", "model", "template");

  private final JavaClasses ragstream =
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
        .check(ragstream);
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
                  .and(resideInAPackage("dev.ragstream.core..").negate()))
          .check(ragstream);
    }
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
          .check(ragstream);
    }
  }

  @Test
  void eachLibraryHasOneHome() {
    Map<String, String> homes =
        Map.of(
            "picocli..", "dev.ragstream.cli..",
            "org.apache.lucene..", "dev.ragstream.lucene..",
            "ai.onnxruntime..", "dev.ragstream.embed..",
            "ai.djl..", "dev.ragstream.embed..",
            "com.samskivert..", "dev.ragstream.template..",
            "org.apache.pdfbox..", "dev.ragstream.ingest..",
            "org.apache.poi..", "dev.ragstream.ingest..",
            "java.net.http..", "dev.ragstream.model..",
            "com.knuddels..", "dev.ragstream.model..");
    homes.forEach((library, home) ->
        noClasses()
            .that()
            .resideOutsideOfPackage(home)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library)
            .check(ragstream));
  }

  @Test
  void nothingKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..cli..")
        .check(ragstream);
  }

  @Test
  void onlyTheAssemblyAndTheCommandLineKnowTheSettings() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..config..", "..app..", "..cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..config..")
        .check(ragstream);
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
        .check(ragstream);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.ragstream.(*)..").should().beFreeOfCycles().check(ragstream);
  }

  @Test
  void thereIsNoUtilPackage() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..")
        .check(ragstream);
  }
}
