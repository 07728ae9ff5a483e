#pragma once
// A group of servers (tills, packers, clerks) with one queue, first come first served. It decides who is served where;
// its owner draws the times and schedules the events. Plain data: a copy is a snapshot.
#include <bit>
#include <cstdint>
#include <vector>

#include "base/check.h"
#include "base/ids.h"
#include "base/time.h"
#include "engine/time_weighted.h"

namespace tillstorm {

/// One uninterrupted stretch of service, to be carried in the payload of its finish event. An event whose key is no
/// longer current (its server has failed since) is stale: `finish` ignores it.
struct ServiceKey {
  std::uint32_t server = kNone;
  std::uint32_t generation = 0;
  constexpr std::uint64_t payload() const { return static_cast<std::uint64_t>(generation) << 32 | server; }
  static constexpr ServiceKey from_payload(std::uint64_t payload) {
    return {static_cast<std::uint32_t>(payload), static_cast<std::uint32_t>(payload >> 32)};
  }
  constexpr bool operator==(const ServiceKey&) const = default;
};

/// What a server group counts since the last reset. Customers who arrived before the reset are in no count and in no
/// sum, only in the time-weighted numbers; so, among those counted,
/// arrived = blocked + started + abandoned + still waiting, and started = served + cancelled + still in service.
struct ServerStatistics {
  std::uint64_t arrived = 0;              ///< Came, whatever happened next.
  std::uint64_t blocked = 0;              ///< Found the room full and left.
  std::uint64_t queued = 0;               ///< Had to wait (even if the wait then took no time).
  std::uint64_t started = 0;              ///< Began service.
  std::uint64_t abandoned = 0;            ///< Gave up waiting.
  std::uint64_t served = 0;               ///< Finished service.
  std::uint64_t cancelled = 0;            ///< Left in the middle of their service.
  std::int64_t wait_of_started_us = 0;    ///< Sum of the waits of those who began service [us].
  std::int64_t wait_of_abandoned_us = 0;  ///< Sum of the waits of those who gave up [us].
  std::int64_t longest_wait_us = 0;       ///< Longest wait of either [us].
  std::int64_t time_in_system_us = 0;     ///< Sum over those served, from arrival to the end of service [us].
};

class ServerGroup {
 public:
  enum class Outcome : std::uint8_t { starts, waits, blocked };
  struct Arrival {
    Outcome outcome = Outcome::blocked;
    std::uint32_t server = kNone;  ///< If it starts: where; the owner calls `begin_service` at once.
    std::uint32_t ticket = 0;      ///< If it waits: names its place in the queue, for `abandon`.
  };
  struct Departure {
    std::uint32_t customer = kNone;  ///< Who was served; kNone if the finish event was stale.
    std::uint32_t next = kNone;      ///< Who starts on this server now (the owner calls `begin_service`), or kNone.
  };
  struct Repair {
    std::uint32_t resumed = kNone;  ///< Whose service goes on, or kNone.
    ServiceKey key{};               ///< If resumed: for its new finish event ...
    Time finish_at{};               ///< ... at this time.
    std::uint32_t next = kNone;     ///< If nobody's: who starts on this server now, or kNone.
  };

  /// `room`: most customers in the group, waiting or in service; 0 is unlimited. `servers` >= 1.
  explicit ServerGroup(std::uint32_t servers, std::uint32_t room = 0, Time start = Time{0});

  /// A customer (any number but kNone) comes at `now` and takes the open, idle server of the lowest index if there is
  /// one.
  Arrival arrive(std::uint32_t customer, Time now) {
    ++statistics_.arrived;
    if (room_ != 0 && in_system_.value() >= room_) {
      ++statistics_.blocked;
      return {};
    }
    in_system_.add(1, now);
    const std::uint32_t server = lowest_idle();
    if (server == kNone) {
      ++statistics_.queued;
      if (tail_ - head_ == ring_.size()) grow_ring();
      const std::uint32_t ticket = tail_++;
      ring_[ticket & (ring_.size() - 1)] = {now, customer, epoch_};
      waiting_.add(1, now);
      return {Outcome::waits, kNone, ticket};
    }
    start(server, {now, customer, epoch_}, now);
    return {Outcome::starts, server, 0};
  }

  /// The service just started on `server` will end at `finish_at` >= now, unless the server fails.
  ServiceKey begin_service(std::uint32_t server, Time finish_at) {
    Server& s = servers_[server];
    s.finish_at = finish_at;
    return {server, s.generation};
  }

  /// The service of `key` ends at `now`.
  Departure finish(ServiceKey key, Time now) {
    Server& s = servers_[key.server];
    if (s.generation != key.generation || s.customer == kNone) return {};
    const std::uint32_t customer = s.customer;
    if (s.epoch == epoch_) {
      ++statistics_.served;
      statistics_.time_in_system_us += (now - s.arrived).us;
    }
    s.customer = kNone;
    ++s.generation;
    in_system_.add(-1, now);
    busy_.add(-1, now);
    return {customer, take_next(key.server, now)};
  }

  /// The holder of `ticket` gives up. Returns the customer, or kNone if it was no longer waiting.
  std::uint32_t abandon(std::uint32_t ticket, Time now);

  /// `server` fails (idle or not). Returns the customer whose service is interrupted, or kNone. Nothing if it is down.
  std::uint32_t fail(std::uint32_t server, Time now);
  /// The customer whose service on `server` is interrupted leaves; the server stays down.
  void cancel(std::uint32_t server, Time now);
  /// `server` is repaired; an interrupted service goes on with what was left of it. Nothing if it is not down.
  Repair repair(std::uint32_t server, Time now);

  /// `server` takes no new customer; a service in progress is finished.
  void close(std::uint32_t server);
  /// `server` takes customers again. Returns who starts there now (the owner calls `begin_service`), or kNone.
  std::uint32_t open(std::uint32_t server, Time now);

  /// True if `key` is the service in progress on its server.
  bool is_current(ServiceKey key) const {
    return servers_[key.server].generation == key.generation && servers_[key.server].customer != kNone;
  }
  std::uint32_t servers() const { return static_cast<std::uint32_t>(servers_.size()); }
  std::uint32_t waiting() const { return static_cast<std::uint32_t>(waiting_.value()); }
  /// Waiting, in service, or interrupted in service.
  std::uint32_t in_system() const { return static_cast<std::uint32_t>(in_system_.value()); }
  /// Servers at work: an interrupted service is not counted.
  std::uint32_t busy() const { return static_cast<std::uint32_t>(busy_.value()); }
  /// The customer at `server` (in service or interrupted), or kNone.
  std::uint32_t customer_at(std::uint32_t server) const { return servers_[server].customer; }
  bool is_down(std::uint32_t server) const { return servers_[server].down; }
  bool is_open(std::uint32_t server) const { return servers_[server].open; }

  const ServerStatistics& statistics() const { return statistics_; }
  const TimeWeighted& waiting_over_time() const { return waiting_; }
  const TimeWeighted& in_system_over_time() const { return in_system_; }
  const TimeWeighted& busy_over_time() const { return busy_; }
  /// Ends a warm-up: all statistics begin again at `now` (see ServerStatistics for who is counted).
  void reset_statistics(Time now);

 private:
  struct Waiting {
    Time arrived;
    std::uint32_t customer = kNone;  ///< kNone: gave up.
    std::uint32_t epoch = 0;         ///< Number of resets before it came: it is counted if there was none since.
  };
  struct Server {
    Time arrived{};                  ///< When its customer came.
    Time finish_at{};                ///< End of the service in progress; while down, what is left of it since time 0.
    std::uint32_t customer = kNone;  ///< In service or interrupted.
    std::uint32_t generation = 1;
    std::uint32_t epoch = 0;  ///< Of its customer.
    bool down = false;
    bool open = true;
  };

  std::uint32_t lowest_idle() const {
    for (std::size_t word = 0; word < idle_.size(); ++word)
      if (idle_[word] != 0)
        return static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(idle_[word]));
    return kNone;
  }
  void set_idle(std::uint32_t server) { idle_[server / 64] |= std::uint64_t{1} << (server % 64); }
  void set_taken(std::uint32_t server) { idle_[server / 64] &= ~(std::uint64_t{1} << (server % 64)); }

  void start(std::uint32_t server, const Waiting& who, Time now) {
    Server& s = servers_[server];
    s.customer = who.customer;
    s.arrived = who.arrived;
    s.epoch = who.epoch;
    set_taken(server);
    busy_.add(1, now);
    if (who.epoch == epoch_) {
      ++statistics_.started;
      count_wait(statistics_.wait_of_started_us, (now - who.arrived).us);
    }
  }
  void count_wait(std::int64_t& sum, std::int64_t wait_us) {
    sum += wait_us;
    if (wait_us > statistics_.longest_wait_us) statistics_.longest_wait_us = wait_us;
  }
  /// `server` is free: gives it to the first who waits, if it may work.
  std::uint32_t take_next(std::uint32_t server, Time now) {
    const Server& s = servers_[server];
    if (s.down || !s.open) {
      set_taken(server);
      return kNone;
    }
    if (waiting_.value() == 0) {
      head_ = tail_;
      set_idle(server);
      return kNone;
    }
    while (ring_[head_ & (ring_.size() - 1)].customer == kNone) ++head_;
    const Waiting who = ring_[head_++ & (ring_.size() - 1)];
    waiting_.add(-1, now);
    start(server, who, now);
    return who.customer;
  }
  void grow_ring();

  std::vector<Server> servers_;
  std::vector<std::uint64_t> idle_;  ///< A bit for each server that is open, up and free.
  std::vector<Waiting> ring_;        ///< Tickets head_ .. tail_-1, at ticket modulo its size (a power of two).
  std::uint32_t head_ = 0, tail_ = 0;
  std::uint32_t epoch_ = 0;  ///< Resets so far.
  std::uint32_t room_;
  TimeWeighted waiting_, in_system_, busy_;
  ServerStatistics statistics_;
};

}  // namespace tillstorm
