package io.cloudconnector.host.web;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a body that was refused unread. Left on the connection it would end it without a
 * word, and the caller's next request would go into the void.
 */
final class UnreadBody {
  private static final Logger log = LoggerFactory.getLogger(UnreadBody.class);
  private static final int MOST = 64 * 1024;

  private UnreadBody() {}

  /** Reads a small one to its end; for any other the caller is told that the connection ends. */
  static void settle(HttpServletRequest request, HttpServletResponse response) {
    try {
      if (!hasBody(request) || request.getInputStream().isFinished()) {
        return;
      }
      long announced = request.getContentLengthLong();
      boolean small = announced >= 0 && announced <= MOST;
      if (request.getHeader("Expect") != null || !small || !skipped(request.getInputStream())) {
        response.setHeader("Connection", "close");
      }
    } catch (IOException gone) {
      log.atDebug().setCause(gone).log("The caller stopped sending what was refused");
      response.setHeader("Connection", "close");
    }
  }

  /** A stream that nobody has read does not know that there is nothing in it. */
  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  private static boolean skipped(ServletInputStream body) throws IOException {
    byte[] waste = new byte[8192];
    int read = body.read(waste);
    while (read >= 0) {
      read = body.read(waste);
    }
    return body.isFinished();
  }
}
