package io.cloudconnector.host.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.host.SettableClock;
import io.cloudconnector.host.history.Backfills;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class PersonExportTest {
  private final SettableClock clock = new SettableClock();

  @Test
  void whatBreaksOffDoesNotLookWhole(@TempDir Path folder) {
    Database database = TestDatabase.SQLITE.open(folder);
    PersonExport export = export(database);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    export.write(whole, "anna");
    assertThat(parsed(whole).get("userId").asString()).isEqualTo("anna");
    database.close();

    ByteArrayOutputStream broken = new ByteArrayOutputStream();
    assertThatThrownBy(() -> export.write(broken, "anna")).isInstanceOf(DatabaseException.class);

    assertThat(broken.toString(StandardCharsets.UTF_8)).contains("anna");
    assertThatThrownBy(() -> parsed(broken)).isInstanceOf(JacksonException.class);
  }

  private PersonExport export(Database database) {
    AuditLog audit = new AuditLog(database, clock);
    return new PersonExport(database, new Backfills(database, audit, clock), audit, clock);
  }

  private static tools.jackson.databind.JsonNode parsed(ByteArrayOutputStream bytes) {
    return JsonMapper.shared().readTree(bytes.toByteArray());
  }
}
