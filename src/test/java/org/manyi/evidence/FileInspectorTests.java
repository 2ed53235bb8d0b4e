package org.manyi.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manyi.shared.ContentRefusedException;

class FileInspectorTests {

    private static final String WORD =
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    private static final String MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml";

    @TempDir
    Path directory;

    @Test
    void everyAllowedTypeIsKnownByItsContent() throws Exception {
        assertThat(inspect(Samples.jpeg(1))).isEqualTo(FileKind.JPEG);
        assertThat(inspect(Samples.png(1))).isEqualTo(FileKind.PNG);
        assertThat(inspect(Samples.webp(0))).isEqualTo(FileKind.WEBP);
        assertThat(inspect(Samples.pdf())).isEqualTo(FileKind.PDF);
        try (XWPFDocument word = new XWPFDocument()) {
            assertThat(inspect(Samples.bytes(word::write))).isEqualTo(FileKind.DOCX);
        }
        try (XSSFWorkbook excel = new XSSFWorkbook()) {
            excel.createSheet("一");
            assertThat(inspect(Samples.bytes(excel::write))).isEqualTo(FileKind.XLSX);
        }
        try (XMLSlideShow slides = new XMLSlideShow()) {
            assertThat(inspect(Samples.bytes(slides::write))).isEqualTo(FileKind.PPTX);
        }
        try (HSSFWorkbook excel = new HSSFWorkbook()) {
            excel.createSheet("一");
            assertThat(inspect(Samples.bytes(excel::write))).isEqualTo(FileKind.XLS);
        }
        assertThat(inspect(compound("WordDocument"))).isEqualTo(FileKind.DOC);
        assertThat(inspect(compound("PowerPoint Document"))).isEqualTo(FileKind.PPT);
    }

    @Test
    void whateverItIsCalledAPageAScriptAndAProgramAreRefused() {
        refused("type", "<!DOCTYPE html><html><script>alert(1)</script></html>");
        refused("type", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>");
        refused("type", "#!/bin/sh\nrm -rf /");
        refused("type", "just text");
        refused("type", "GIF89a" + "\0".repeat(20));
        refused("type", "MZ" + "\0".repeat(200));
    }

    @Test
    void aHeicPhotographIsRefusedWithAWordOfHelp() {
        refused("heic", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic");
    }

    @Test
    void aPdfThatIsCutOffOrBeginsAsSomethingElseIsDamaged() {
        refused("damaged", "%PDF-1.4\nhalf of it");
        refused("damaged", "junk %PDF-1.4\n%%EOF");
    }

    @Test
    void macrosAreRefusedHoweverTheFileIsCalled() throws Exception {
        refused("macros", zip(Map.of("[Content_Types].xml", types(MACRO_WORD))));
        refused("macros", zip(Map.of("[Content_Types].xml", types(WORD), "word/vbaProject.bin", "x")));
        refused("macros", zip(Map.of("[Content_Types].xml", types(WORD), "xl/macrosheets/sheet1.xml", "x")));
        refused("macros", compound("WordDocument", "Macros"));
        refused("macros", compound("Workbook", "_VBA_PROJECT_CUR"));
        refused("macros", presentationWithMacros());
    }

    @Test
    void anEncryptedDocumentIsRefusedWithAWordOfHelp() throws Exception {
        refused("encrypted", compound("EncryptedPackage"));
    }

    @Test
    void anArchiveThatIsNoDocumentIsRefused() throws Exception {
        refused("type", zip(Map.of("a.txt", "hello")));
        refused("type", zip(Map.of("[Content_Types].xml", types("application/xml"))));
        refused("damaged", "PK\3\4 and then nothing of the kind");
    }

    @Test
    void aDocumentReadByTwoReadersInTwoWaysIsDamaged() throws Exception {
        byte[] twice = zip(Map.of("[Content_Types].xml", types(WORD), "word/AAAA.xml", "x", "word/aaaa.xml", "y"));

        refused("damaged", twice);
    }

    @Test
    void anExternalEntityIsNotFollowed() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), WORD);
        String xml = "<!DOCTYPE Types [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>"
                + "<Types><Override ContentType=\"&e;\"/></Types>";

        assertThatThrownBy(() -> inspect(zip(Map.of("[Content_Types].xml", xml))))
                .isInstanceOf(ContentRefusedException.class);
    }

    @Test
    void aDocumentThatReachesOutsideFetchesNothing() throws Exception {
        try (ServerSocketChannel outside = ServerSocketChannel.open()) {
            outside.bind(new InetSocketAddress("127.0.0.1", 0)).configureBlocking(false);
            String url = "http://127.0.0.1:" + outside.socket().getLocalPort() + "/";
            String doctype = "<!DOCTYPE x [<!ENTITY % e SYSTEM \"" + url + "\"> %e;]>";
            String relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                    + "<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                    + "attachedTemplate\" Target=\"" + url + "\" TargetMode=\"External\"/></Relationships>";

            inspect(zip(Map.of("[Content_Types].xml", types(WORD).replace("<Types>", doctype + "<Types>"))));
            assertThat(inspect(zip(Map.of(
                            "[Content_Types].xml",
                            types(WORD),
                            "word/document.xml",
                            doctype + "<w:document/>",
                            "word/_rels/settings.xml.rels",
                            relations))))
                    .isEqualTo(FileKind.DOCX);
            refused("type", doctype + "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"" + url + "\"/></svg>");

            assertThat(outside.accept()).isNull();
        }
    }

    @Test
    void brokenDocumentsNeverDoMoreThanGetRefused() throws Exception {
        Random random = new Random(20260314);
        byte[] excel;
        try (HSSFWorkbook workbook = new HSSFWorkbook()) {
            workbook.createSheet("一");
            excel = Samples.bytes(workbook::write);
        }
        for (int round = 0; round < 500; round++) {
            byte[] broken = excel.clone();
            for (int i = 0; i < 20; i++) {
                broken[8 + random.nextInt(broken.length - 8)] = (byte) random.nextInt();
            }
            try {
                inspect(broken);
            } catch (ContentRefusedException e) {
                assertThat(e.status()).isEqualTo(415);
            }
        }
    }

    private void refused(String reason, String content) {
        refused(reason, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void refused(String reason, byte[] content) {
        assertThatThrownBy(() -> inspect(content)).isInstanceOfSatisfying(ContentRefusedException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(415);
            assertThat(refusal.messageKey()).isEqualTo("evidence.problem." + reason);
        });
    }

    private FileKind inspect(byte[] content) throws IOException {
        return FileInspector.inspect(Files.write(directory.resolve("file"), content));
    }

    private static String types(String type) {
        return "<?xml version=\"1.0\"?><Types><Override PartName=\"/main.xml\" ContentType=\"" + type + "\"/></Types>";
    }

    private static byte[] zip(Map<String, String> entries) {
        return Samples.bytes(out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    private static byte[] compound(String... entries) throws IOException {
        try (POIFSFileSystem files = new POIFSFileSystem()) {
            for (String entry : entries) {
                files.createDocument(new ByteArrayInputStream(new byte[5000]), entry);
            }
            return Samples.bytes(files::writeFilesystem);
        }
    }

    private static byte[] presentationWithMacros() throws IOException {
        byte[] stream = Samples.bytes(out -> {
            record(out, 0x0FF5, 28);
            out.write(new byte[28]);
            container(out, 0x03E8, 60);
            record(out, 0x03E9, 4);
            out.write(new byte[4]);
            container(out, 0x07D0, 40);
            container(out, 0x03FF, 24);
            out.write(new byte[4096]);
        });
        try (POIFSFileSystem files = new POIFSFileSystem()) {
            files.createDocument(new ByteArrayInputStream(stream), "PowerPoint Document");
            return Samples.bytes(files::writeFilesystem);
        }
    }

    private static void container(java.io.DataOutputStream out, int type, int length) throws IOException {
        out.writeShort(0x0F00);
        out.writeShort(Short.reverseBytes((short) type));
        out.writeInt(Integer.reverseBytes(length));
    }

    private static void record(java.io.DataOutputStream out, int type, int length) throws IOException {
        out.writeShort(0);
        out.writeShort(Short.reverseBytes((short) type));
        out.writeInt(Integer.reverseBytes(length));
    }
}
