package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.junit.jupiter.api.Test;

class DocxReaderTest {

  private static final String W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

  @Test
  void headingsParagraphsAndTablesAreRead() throws IOException {
    XWPFDocument word = new XWPFDocument();
    heading(word, 0, "Services");
    word.createParagraph().createRun().setText("The town hall.");
    heading(word, 1, "Hours");
    var table = word.createTable(2, 2);
    table.getRow(0).getCell(0).setText("day");
    table.getRow(0).getCell(1).setText("open");
    table.getRow(1).getCell(0).setText("Monday");
    table.getRow(1).getCell(1).setText("9 | 17");
    XWPFParagraph note = word.createParagraph();
    note.createRun().setText("Closed at noon");
    note.addFootnoteReference(word.createFootnote());

    assertThat(Reads.written(Reads.document("a.docx", bytes(word))))
        .isEqualTo(
            """
            Services {type=docx}
            #\s
            [PROSE] The town hall.
            # Hours
            [TABLE] | day | open |
            | --- | --- |
            | Monday | 9 \\| 17 |
            [PROSE] Closed at noon
            """);
  }

  @Test
  void anEncryptedFileIsReportedAsSuch() throws Exception {
    var info = new EncryptionInfo(EncryptionMode.standard);
    var encryptor = info.getEncryptor();
    encryptor.confirmPassword("secret");
    var out = new ByteArrayOutputStream();
    try (POIFSFileSystem ole = new POIFSFileSystem()) {
      try (var data = encryptor.getDataStream(ole)) {
        data.write(bytes(new XWPFDocument()));
      }
      ole.writeFilesystem(out);
    }

    assertThat(Reads.failure("a.docx", out.toByteArray()).problem())
        .isEqualTo("the Word document a.docx is encrypted and asks for a password");
  }

  @Test
  void theOldFormatOfWordIsReportedAsSuch() throws IOException {
    var out = new ByteArrayOutputStream();
    try (POIFSFileSystem ole = new POIFSFileSystem()) {
      ole.createDocument(new java.io.ByteArrayInputStream(new byte[5000]), "WordDocument");
      ole.writeFilesystem(out);
    }

    var failure = Reads.failure("a.doc", out.toByteArray());

    assertThat(failure.problem()).isEqualTo("a.doc has the old binary format of Word");
    assertThat(failure.remedy()).contains(".docx");
  }

  @Test
  void aDamagedFileIsReportedAsSuch() {
    byte[] bytes = "PK\3\4 and then nothing of a zip".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Reads.failure("a.docx", bytes).problem()).contains("a.docx is damaged");
  }

  @Test
  void aZipBombIsStoppedBeforeItUnpacks() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        zip.write(zeros);
      }
    }

    assertThat(Reads.failure("bomb.docx", out.toByteArray()).problem())
        .isEqualTo("bomb.docx unpacks to more than can be held in memory (64 MB)");
  }

  @Test
  void aDocumentReachesNeitherTheNetworkNorAFile() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/x";
      String body =
          "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY x SYSTEM '%s'><!ENTITY y SYSTEM 'file:///etc/hostname'>]>"
                  .formatted(url)
              + "<w:document xmlns:w='%s'><w:body><w:p><w:r><w:t>text &x;&y;</w:t></w:r></w:p></w:body></w:document>"
                  .formatted(W);

      assertThat(Reads.failure("xxe.docx", docx(body)).problem()).contains("xxe.docx");
      HtmlReaderTest.assertNoConnection(server);
    }
  }

  @Test
  void textBoxesAndListsAreReadAndCommentsAreNot() throws IOException {
    String body =
        """
        <w:document xmlns:w='%s'><w:body>
        <w:p><w:r><w:t>Body</w:t></w:r><w:commentReference w:id='0'/></w:p>
        <w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a</w:t></w:r></w:p>
        <w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>
        </w:body></w:document>
        """
            .formatted(W);

    assertThat(Reads.text(Reads.document("a.docx", docx(body)))).isEqualTo("Body\nIn a\nbox");
  }

  private static void heading(XWPFDocument word, int level, String text) {
    XWPFParagraph paragraph = word.createParagraph();
    paragraph.createRun().setText(text);
    paragraph.getCTP().addNewPPr().addNewOutlineLvl().setVal(BigInteger.valueOf(level));
  }

  private static byte[] bytes(XWPFDocument word) throws IOException {
    var out = new ByteArrayOutputStream();
    word.write(out);
    word.close();
    return out.toByteArray();
  }

  /** A document as small as Word accepts it. */
  private static byte[] docx(String document) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
            + "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
            + "<Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>");
    parts.put(
        "_rels/.rels",
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
            + "<Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>");
    parts.put("word/document.xml", document);
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }
}
