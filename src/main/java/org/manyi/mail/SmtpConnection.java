package org.manyi.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * One conversation with the mail server, for several letters. The socket is our own, so that a server which answers a byte a second can
 * be hung up on: its read timeout starts anew with every byte.
 */
final class SmtpConnection implements AutoCloseable {

    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "smtp-deadline");
        thread.setDaemon(true);
        return thread;
    });

    private final SmtpSettings settings;
    private final Session session;
    private final Socket socket;
    private final Transport transport;

    private SmtpConnection(SmtpSettings settings, Session session, Socket socket) {
        this.settings = settings;
        this.session = session;
        this.socket = socket;
        this.transport = new Transport(session);
    }

    /**
     * Connects and logs in.
     *
     * @throws UnreachableException when that fails
     */
    static SmtpConnection open(SmtpSettings settings) throws UnreachableException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), millis(settings.connectTimeout()));
            socket.setSoTimeout(millis(settings.readTimeout()));
            SmtpConnection connection = new SmtpConnection(settings, session(settings), socket);
            connection.logIn();
            return connection;
        } catch (IOException | MessagingException | RuntimeException e) {
            close(socket);
            throw new UnreachableException(reason(e), e);
        }
    }

    private void logIn() throws IOException, MessagingException {
        ScheduledFuture<?> deadline = watch();
        try {
            transport.connect(settings.isImplicitTls() ? encrypted(socket) : socket);
        } finally {
            deadline.cancel(false);
        }
    }

    /** Whether further letters can be handed over. */
    boolean isOpen() {
        return !socket.isClosed() && transport.isConnected();
    }

    /** Hands a letter over; every failure is an answer. */
    Delivery send(Letter letter, String senderName) {
        MimeMessage message;
        InternetAddress recipient;
        try {
            recipient = Addresses.single(letter.address());
            message = message(letter, recipient, senderName);
        } catch (MessagingException | IOException e) {
            return Delivery.refused(MailReason.ADDRESS, null);
        }
        ScheduledFuture<?> deadline = watch();
        try {
            transport.sendMessage(message, new InternetAddress[] {recipient});
            return Delivery.TAKEN;
        } catch (MessagingException e) {
            return answer(e);
        } finally {
            deadline.cancel(false);
        }
    }

    private Delivery answer(MessagingException failure) {
        Integer code = replyCode(failure);
        if (code == null) {
            // Angus keeps the connection marked as open after a lost answer.
            close(socket);
            return transport.handedOver ? Delivery.uncertain() : Delivery.later(null);
        }
        return code >= 500 ? Delivery.refused(MailReason.REFUSED, code) : Delivery.later(code);
    }

    /** What the server answered, looking through the chain in which Angus hides it; null when it answered nothing. */
    private static Integer replyCode(Exception failure) {
        for (Exception e = failure; e != null; e = e instanceof MessagingException m ? m.getNextException() : null) {
            int code = -1;
            if (e instanceof SMTPAddressFailedException address) {
                code = address.getReturnCode();
            } else if (e instanceof SMTPSenderFailedException sender) {
                code = sender.getReturnCode();
            } else if (e instanceof SMTPSendFailedException send && send.getNextException() == null) {
                code = send.getReturnCode();
            }
            if (code >= 400) {
                return code;
            }
        }
        return null;
    }

    private MimeMessage message(Letter letter, InternetAddress recipient, String senderName)
            throws MessagingException, IOException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", letter.messageId());
            }
        };
        String utf8 = StandardCharsets.UTF_8.name();
        message.setFrom(new InternetAddress(settings.from(), senderName, utf8));
        message.setRecipient(Message.RecipientType.TO, recipient);
        message.setSubject(letter.subject(), utf8);
        message.setSentDate(Date.from(letter.createdAt()));
        // So that nobody's holiday notice answers it.
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(letter.text(), utf8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(letter.html(), utf8, "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    private Socket encrypted(Socket plain) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(plain, settings.host(), settings.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private ScheduledFuture<?> watch() {
        return WATCH.schedule(() -> close(socket), settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        ScheduledFuture<?> deadline = watch();
        try {
            transport.close();
        } catch (MessagingException e) {
            // Nothing is at stake any more; the socket is closed below.
        } finally {
            deadline.cancel(false);
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // A socket that cannot be closed is closed.
        }
    }

    private static Session session(SmtpSettings settings) {
        boolean login = !settings.user().isBlank();
        Properties properties = new Properties();
        properties.put("mail.smtp.host", settings.host());
        properties.put("mail.smtp.port", String.valueOf(settings.port()));
        properties.put("mail.smtp.connectiontimeout", String.valueOf(millis(settings.connectTimeout())));
        properties.put("mail.smtp.timeout", String.valueOf(millis(settings.readTimeout())));
        properties.put("mail.smtp.writetimeout", String.valueOf(millis(settings.readTimeout())));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.from", settings.from());
        properties.put(
                "mail.smtp.localhost", settings.from().substring(settings.from().indexOf('@') + 1));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        boolean startTls = settings.tls() != SmtpSettings.Tls.OFF && !settings.isImplicitTls();
        properties.put("mail.smtp.starttls.enable", String.valueOf(startTls));
        properties.put(
                "mail.smtp.starttls.required", String.valueOf(startTls && settings.tls() == SmtpSettings.Tls.REQUIRED));
        properties.put("mail.smtp.auth", String.valueOf(login));
        if (!login) {
            return Session.getInstance(properties);
        }
        properties.put("mail.smtp.user", settings.user());
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(settings.user(), settings.password());
            }
        });
    }

    private static MailReason reason(Exception failure) {
        if (failure instanceof AuthenticationFailedException) {
            return MailReason.LOGIN;
        }
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof SSLException
                    || "STARTTLS is required but host does not support STARTTLS".equals(e.getMessage())) {
                return MailReason.ENCRYPTION;
            }
        }
        return MailReason.UNREACHABLE;
    }

    private static int millis(Duration duration) {
        return (int) duration.toMillis();
    }

    /** Knows whether the last byte of the letter has left, after which only the server's answer says what became of it. */
    private static final class Transport extends SMTPTransport {

        private boolean handedOver;

        Transport(Session session) {
            super(session, null);
        }

        @Override
        protected java.io.OutputStream data() throws MessagingException {
            handedOver = false;
            return super.data();
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            handedOver = true;
            super.finishData();
        }

        @Override
        public synchronized void sendMessage(Message message, jakarta.mail.Address[] addresses)
                throws MessagingException {
            handedOver = false;
            super.sendMessage(message, addresses);
        }
    }
}
