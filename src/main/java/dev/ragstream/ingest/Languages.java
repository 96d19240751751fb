package dev.ragstream.ingest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The programming and configuration languages, by extension or by the file's whole name. */
final class Languages {

  private static final Map<String, String> BY_EXTENSION =
      """
      ada: adb ads
      assembly: asm s
      bash: sh bash zsh ksh bats
      batch: bat cmd
      c: c h
      clojure: clj cljs cljc edn
      cmake: cmake
      cpp: cc cpp cxx hh hpp hxx ino
      csharp: cs csx
      css: css scss sass less
      cuda: cu cuh
      dart: dart
      diff: diff patch
      elixir: ex exs
      elm: elm
      erlang: erl hrl
      fortran: f f90 f95 for
      fsharp: fs fsi fsx
      go: go
      graphql: graphql gql
      groovy: groovy gradle
      haskell: hs lhs
      hcl: tf tfvars hcl
      ini: ini cfg conf cnf properties editorconfig
      java: java
      javascript: js mjs cjs jsx
      julia: jl
      kotlin: kt kts
      latex: tex sty cls bib
      lisp: lisp lsp cl el scm rkt
      lua: lua
      make: mk mak
      nim: nim
      nix: nix
      objective-c: m mm
      ocaml: ml mli
      pascal: pas pp
      perl: pl pm
      php: php
      powershell: ps1 psm1
      proto: proto thrift avsc
      python: py pyi pyw
      r: r
      ruby: rb rake gemspec
      rust: rs
      scala: scala sbt
      solidity: sol
      sql: sql ddl
      swift: swift
      tcl: tcl
      toml: toml
      typescript: ts tsx mts cts
      vb: vb vbs
      verilog: v sv vhd vhdl
      vim: vim
      vue: vue svelte astro
      yaml: yaml yml
      zig: zig
      """
          .lines()
          .map(line -> line.split(": "))
          .flatMap(line -> Arrays.stream(line[1].split(" ")).map(name -> Map.entry(name, line[0])))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Map<String, String> BY_NAME =
      Map.of(
          "dockerfile", "dockerfile",
          "containerfile", "dockerfile",
          "makefile", "make",
          "gnumakefile", "make",
          "jenkinsfile", "groovy",
          "gemfile", "ruby",
          "rakefile", "ruby",
          "vagrantfile", "ruby",
          "cmakelists.txt", "cmake",
          "go.mod", "go");

  private Languages() {}

  static Optional<String> of(SourceFile file) {
    return Optional.ofNullable(BY_NAME.get(file.name().toLowerCase(Locale.ROOT)))
        .or(() -> Optional.ofNullable(BY_EXTENSION.get(file.extension())));
  }
}
