package org.manyi.rehearsal;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Draws evidence for the demonstration: a wall, cracked before and mended after, or a written page with a stamp. No photograph of a real
 * place and no real paper is shipped.
 */
final class DemoPicture {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 640;
    private static final int BRICK_WIDTH = 96;
    private static final int BRICK_HEIGHT = 40;

    private static final int PAGE_WIDTH = 280;
    private static final int PAGE_HEIGHT = 396;
    private static final int MARGIN = 32;
    private static final int LINE = 12;
    private static final int STAMP = 74;

    private DemoPicture() {}

    /**
     * A small PNG of a page with lines of writing and a round stamp.
     *
     * @param seed the same seed draws the same page
     */
    static byte[] page(int seed) {
        Random writing = new Random(seed);
        // Few colours, so that the hundreds of them take little room.
        BufferedImage image = new BufferedImage(PAGE_WIDTH, PAGE_HEIGHT, BufferedImage.TYPE_BYTE_INDEXED);
        Graphics2D g = image.createGraphics();
        try {
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, PAGE_WIDTH, PAGE_HEIGHT);
            g.setColor(new Color(51, 51, 51));
            g.fillRect(PAGE_WIDTH / 4, MARGIN, PAGE_WIDTH / 2, LINE);
            g.setColor(new Color(153, 153, 153));
            for (int y = MARGIN + 3 * LINE; y < PAGE_HEIGHT - MARGIN - STAMP; y += LINE) {
                int indent = writing.nextInt(5) == 0 ? 2 * LINE : 0;
                int width = PAGE_WIDTH - 2 * MARGIN - (writing.nextInt(4) == 0 ? writing.nextInt(PAGE_WIDTH / 2) : 0);
                g.fillRect(MARGIN + indent, y, width - indent, LINE / 3);
            }
            int x = PAGE_WIDTH - MARGIN - STAMP - writing.nextInt(LINE);
            int y = PAGE_HEIGHT - MARGIN - STAMP + writing.nextInt(LINE);
            g.setColor(new Color(204, 0, 0));
            g.setStroke(new BasicStroke(4f));
            g.drawOval(x, y, STAMP, STAMP);
            g.fillOval(x + STAMP * 2 / 5, y + STAMP * 2 / 5, STAMP / 5, STAMP / 5);
        } finally {
            g.dispose();
        }
        return encode(image, "png");
    }

    /**
     * A JPEG of 960 x 640.
     *
     * @param seed the same seed draws the same wall
     * @param after true for the mended one
     */
    static byte[] draw(int seed, boolean after) {
        Random wall = new Random(seed);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            bricks(g, wall, after);
            if (!after) {
                cracks(g, wall);
            }
            g.setPaint(new GradientPaint(
                    0, HEIGHT - 120, new Color(60, 60, 64, 0), 0, HEIGHT, new Color(40, 40, 44, 160)));
            g.fillRect(0, HEIGHT - 120, WIDTH, 120);
        } finally {
            g.dispose();
        }
        return encode(image, "jpg");
    }

    private static byte[] encode(BufferedImage image, String format) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void bricks(Graphics2D g, Random wall, boolean after) {
        int hue = wall.nextInt(40);
        g.setColor(after ? new Color(226, 222, 212) : new Color(196, 190, 178));
        g.fillRect(0, 0, WIDTH, HEIGHT);
        for (int row = 0; row * BRICK_HEIGHT < HEIGHT; row++) {
            int shift = row % 2 == 0 ? 0 : -BRICK_WIDTH / 2;
            for (int x = shift; x < WIDTH; x += BRICK_WIDTH) {
                int light = wall.nextInt(22) - (after ? 0 : 26);
                g.setColor(new Color(168 + light, 96 + hue + light / 2, 74 + light / 2));
                g.fillRoundRect(x + 3, row * BRICK_HEIGHT + 3, BRICK_WIDTH - 6, BRICK_HEIGHT - 6, 4, 4);
            }
        }
    }

    private static void cracks(Graphics2D g, Random wall) {
        g.setColor(new Color(38, 30, 28));
        for (int crack = 0; crack < 3; crack++) {
            int x = 160 + wall.nextInt(WIDTH - 320);
            int y = 0;
            while (y < HEIGHT - 60) {
                int nextX = x + wall.nextInt(71) - 35;
                int nextY = y + 20 + wall.nextInt(40);
                g.setStroke(new BasicStroke(2f + wall.nextInt(5)));
                g.drawLine(x, y, nextX, nextY);
                x = nextX;
                y = nextY;
            }
        }
    }
}
