package org.manyi.evidence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.manyi.shared.ContentRefusedException;

/** Says what a file is by its content alone, and refuses what is not taken in. */
final class FileInspector {

    private static final String MAIN = "application/vnd.openxmlformats-officedocument.";
    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_CONTENT_TYPES = 1 << 20;

    private FileInspector() {}

    /**
     * The kind of a file.
     *
     * @throws ContentRefusedException when it is of no kind that is taken in, holds macros, is encrypted or damaged
     */
    static FileKind inspect(Path file) throws IOException {
        String magic;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            magic = MimeTypes.getDefaultMimeTypes().detect(in, new Metadata()).toString();
        }
        return switch (magic) {
            case "image/jpeg" -> FileKind.JPEG;
            case "image/png", "image/apng" -> FileKind.PNG;
            case "image/webp" -> FileKind.WEBP;
            case "image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence", "image/avif" ->
                throw ContentRefusedException.unsupported("evidence.problem.heic");
            case "application/pdf" -> pdf(file);
            case "application/zip", "application/x-tika-ooxml" -> openXml(file);
            case "application/x-tika-msoffice" -> compound(file);
            default -> throw ContentRefusedException.unsupported("evidence.problem.type");
        };
    }

    /** A PDF begins with its mark and ends with its other one: nothing stands before it, and it came whole. */
    private static FileKind pdf(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] head = new byte[5];
            in.readFully(head);
            byte[] tail = new byte[(int) Math.min(1024, in.length())];
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            if (!latin(head).equals("%PDF-") || !latin(tail).contains("%%EOF")) {
                throw damaged();
            }
            return FileKind.PDF;
        }
    }

    private static FileKind openXml(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            if (zip.size() > MAX_ENTRIES) {
                throw damaged();
            }
            Set<String> names = new HashSet<>();
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName().toLowerCase(Locale.ROOT);
                // Two entries of one name mean that two readers may see two documents.
                if (!names.add(name)) {
                    throw damaged();
                }
                if (name.endsWith("vbaproject.bin") || name.startsWith("xl/macrosheets/")) {
                    throw macros();
                }
            }
            ZipEntry types = zip.getEntry("[Content_Types].xml");
            if (types == null) {
                throw ContentRefusedException.unsupported("evidence.problem.type");
            }
            try (InputStream in = zip.getInputStream(types)) {
                byte[] xml = in.readNBytes(MAX_CONTENT_TYPES + 1);
                if (xml.length > MAX_CONTENT_TYPES) {
                    throw damaged();
                }
                return mainPart(xml);
            }
        } catch (java.util.zip.ZipException | XMLStreamException | IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static FileKind mainPart(byte[] xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(new java.io.ByteArrayInputStream(xml));
        FileKind kind = null;
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamReader.START_ELEMENT) {
                continue;
            }
            String type = reader.getAttributeValue(null, "ContentType");
            if (type == null) {
                continue;
            }
            if (type.contains("macroEnabled") || type.contains("vbaProject")) {
                throw macros();
            }
            kind = switch (type) {
                case MAIN + "wordprocessingml.document.main+xml" -> FileKind.DOCX;
                case MAIN + "spreadsheetml.sheet.main+xml" -> FileKind.XLSX;
                case MAIN + "presentationml.presentation.main+xml", MAIN + "presentationml.slideshow.main+xml" ->
                    FileKind.PPTX;
                default -> kind;
            };
        }
        if (kind == null) {
            throw ContentRefusedException.unsupported("evidence.problem.type");
        }
        return kind;
    }

    private static FileKind compound(Path file) throws IOException {
        try (POIFSFileSystem files = new POIFSFileSystem(file.toFile(), true)) {
            DirectoryNode root = files.getRoot();
            if (root.hasEntryCaseInsensitive("EncryptedPackage")) {
                throw ContentRefusedException.unsupported("evidence.problem.encrypted");
            }
            if (root.hasEntryCaseInsensitive("Macros") || root.hasEntryCaseInsensitive("_VBA_PROJECT_CUR")) {
                throw macros();
            }
            if (root.hasEntryCaseInsensitive("WordDocument")) {
                return FileKind.DOC;
            }
            if (root.hasEntryCaseInsensitive("Workbook") || root.hasEntryCaseInsensitive("Book")) {
                return FileKind.XLS;
            }
            if (root.hasEntryCaseInsensitive("PowerPoint Document")) {
                try (DocumentInputStream in = root.createDocumentInputStream("PowerPoint Document")) {
                    if (holdsMacros(in)) {
                        throw macros();
                    }
                }
                return FileKind.PPT;
            }
            throw ContentRefusedException.unsupported("evidence.problem.type");
        } catch (ContentRefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // POI answers a broken compound file with whatever exception its own arithmetic raises first.
            throw damaged();
        }
    }

    /** Looks for the record of a VBA project (MS-PPT 2.4.10) in the document's list of properties. */
    private static boolean holdsMacros(DocumentInputStream in) throws IOException {
        final int document = 0x03E8;
        final int properties = 0x07D0;
        final int macros = 0x03FF;
        while (in.available() >= 8) {
            in.skipNBytes(2);
            int type = in.readUShort();
            long length = Integer.toUnsignedLong(in.readInt());
            if (type == macros) {
                return true;
            }
            if (type != document && type != properties) {
                in.skipNBytes(Math.min(length, in.available()));
            }
        }
        return false;
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static ContentRefusedException macros() {
        return ContentRefusedException.unsupported("evidence.problem.macros");
    }

    private static ContentRefusedException damaged() {
        return ContentRefusedException.unsupported("evidence.problem.damaged");
    }
}
