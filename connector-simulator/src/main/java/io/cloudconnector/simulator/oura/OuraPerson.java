package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.oura.OuraEvent.Operation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Someone with an Oura ring: what is kept of them, and what can happen to them. Whatever happens is
 * in the store before its webhooks leave. Types are named as in Oura's webhooks ({@code vo2_max} in
 * small letters). Thread-safe.
 */
public final class OuraPerson {
  private final OuraGenerator generator;
  private final InstantSource clock;
  private final BiFunction<String, OuraEvent, List<Delivery>> announcer;
  private final RingMemory ring;
  private volatile boolean lapsed;
  private volatile @Nullable Instant lastSync;
  final OuraDocuments documents = new OuraDocuments();
  final PersonalInfo info;

  /** Made with so many days of history before today. */
  OuraPerson(
      OuraGenerator generator,
      int days,
      InstantSource clock,
      BiFunction<String, OuraEvent, List<Delivery>> announcer) {
    this.generator = generator;
    this.clock = clock;
    this.announcer = announcer;
    this.info = PersonalInfo.of(generator.id(), generator.measures());
    LocalDate first = today().minusDays(days);
    long seed = info.id().hashCode();
    this.ring = new RingMemory(seed, first.atStartOfDay().toInstant(offset()));
    generator.history(today(), days).forEach(documents::put);
  }

  /** The {@code id} of the person's {@code personal_info}, and {@code user_id} of webhooks. */
  public String accountId() {
    return info.id();
  }

  /** How far the person's clock is from UTC. */
  public ZoneOffset offset() {
    return generator.offset();
  }

  /** The person's local day; the history ends the day before. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), offset());
  }

  /** The ids of all documents of a type, newest first. */
  public List<String> ids(String type) {
    return documents.oldestFirst(OuraType.named(type)).reversed().stream()
        .map(OuraDocument::id)
        .toList();
  }

  /**
   * The very bytes that the API serves, alone and within lists.
   *
   * @throws IllegalArgumentException when there is no such document (any more)
   */
  public byte[] document(String type, String id) {
    return existing(type, id).bytes();
  }

  /**
   * The local day that a document belongs to.
   *
   * @throws IllegalArgumentException when there is no such document (any more)
   */
  public LocalDate day(String type, String id) {
    return existing(type, id).occasion().day();
  }

  /**
   * The rows of a time series in this stretch that have reached the cloud, each as it is served.
   */
  public List<String> samples(String series, Instant from, Instant to) {
    return rows(OuraSeries.named(series), from, to).stream()
        .map(row -> row.text(Optional.empty()))
        .toList();
  }

  List<SeriesRow> rows(OuraSeries series, Instant from, Instant to) {
    Instant known = known();
    return ring.rows(series, from, to.isBefore(known) ? to : known);
  }

  /** The newest row that has reached the cloud; none when the ring is all new. */
  List<SeriesRow> latest(OuraSeries series) {
    Instant known = known();
    List<SeriesRow> rows = ring.rows(series, known.minus(series.interval().multipliedBy(3)), known);
    return rows.isEmpty() ? rows : List.of(rows.getLast());
  }

  private Instant known() {
    Instant sync = lastSync;
    return sync == null ? clock.instant() : sync;
  }

  /** From now on the ring keeps its samples to itself. */
  public void stopSyncing() {
    lastSync = clock.instant();
  }

  /** The ring hands over what it kept, and does so at once from now on. Nobody is told. */
  public void syncAgain() {
    lastSync = null;
  }

  /** While the membership is lapsed, the API refuses with 403 whatever it has of the person. */
  public void lapse(boolean now) {
    lapsed = now;
  }

  boolean isLapsed() {
    return lapsed;
  }

  /**
   * Something new of this type, of now; a daily document is today's: {@code create}.
   *
   * @throws IllegalStateException when today's is there already
   */
  public OuraChange create(String type) {
    return create(type, today());
  }

  /**
   * Something new of this type that belongs to this day, synced late if the day is past: {@code
   * create}.
   *
   * @throws IllegalStateException when the day has its document of that type already
   */
  public synchronized OuraChange create(String type, LocalDate day) {
    OuraType kind = OuraType.named(type);
    LocalDateTime time = generator.local(clock.instant()).toLocalDateTime();
    if (kind.oncePerDay()) {
      if (documents.ofDay(kind, day).isPresent()) {
        throw new IllegalStateException(day + " has its " + type + " already");
      }
      return written(generator.daily(kind, day));
    }
    var at = day.atTime(time.toLocalTime()).atOffset(offset());
    return written(kind == OuraType.SLEEP ? generator.nap(at) : generator.at(kind, at));
  }

  /**
   * The person slept and opened the app: a {@code sleep}, and what Oura writes of that in the
   * morning, each {@code create}; {@code update} where today's is there already.
   */
  public synchronized OuraChange newNight() {
    List<OuraDocument> morning = new ArrayList<>();
    List<Operation> operations = new ArrayList<>();
    LocalDate today = today();
    morning.add(generator.night(today));
    operations.add(Operation.CREATE);
    for (OuraType type : OuraGenerator.MORNING) {
      OuraDocument known = documents.ofDay(type, today).orElse(null);
      morning.add(known == null ? generator.daily(type, today) : generator.rewritten(known));
      operations.add(known == null ? Operation.CREATE : Operation.UPDATE);
    }
    morning.forEach(documents::put);
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = 0; i < morning.size(); i++) {
      deliveries.addAll(
          announcer.apply(accountId(), OuraEvent.of(operations.get(i), morning.get(i))));
    }
    return new OuraChange("sleep", morning.getFirst().id(), deliveries);
  }

  /** A document is rewritten in place with other values: {@code update}. */
  public synchronized OuraChange update(String type, String id) {
    OuraDocument after = generator.rewritten(existing(type, id));
    documents.put(after);
    return told(Operation.UPDATE, after);
  }

  /** A document is gone: {@code delete}. */
  public synchronized OuraChange delete(String type, String id) {
    OuraDocument gone = existing(type, id);
    documents.remove(gone);
    return told(Operation.DELETE, gone);
  }

  private OuraChange written(OuraDocument document) {
    documents.put(document);
    return told(Operation.CREATE, document);
  }

  private OuraChange told(Operation operation, OuraDocument document) {
    List<Delivery> deliveries = announcer.apply(accountId(), OuraEvent.of(operation, document));
    return new OuraChange(document.type().word(), document.id(), deliveries);
  }

  private OuraDocument existing(String type, String id) {
    return documents
        .find(OuraType.named(type), id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "account " + accountId() + " has no " + type + " '" + id + "'"));
  }

  @Override
  public String toString() {
    return "Oura user " + accountId();
  }
}
