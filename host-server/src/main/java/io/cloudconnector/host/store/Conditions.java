package io.cloudconnector.host.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** The end of a WHERE that compares only what is asked for. Column names are never a caller's. */
final class Conditions {
  private final StringBuilder sql = new StringBuilder();
  private final Map<String, String> values = new LinkedHashMap<>();

  Conditions equal(String column, Optional<String> value) {
    return add(" AND %1$s = :%1$s", column, value);
  }

  /** Case matters, and no character stands for another. */
  Conditions begins(String column, Optional<String> value) {
    return add(" AND substr(%1$s, 1, length(:%1$s)) = :%1$s", column, value);
  }

  private Conditions add(String condition, String column, Optional<String> value) {
    value.ifPresent(
        text -> {
          sql.append(condition.formatted(column));
          values.put(column, text);
        });
    return this;
  }

  /** Such as {@code AND vendor = :vendor}; empty where everything is wanted. */
  String sql() {
    return sql.toString();
  }

  <S extends SqlStatement<S>> S bind(S statement) {
    values.forEach(statement::bind);
    return statement;
  }
}
