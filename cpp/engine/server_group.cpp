#include "engine/server_group.h"

namespace tillstorm {

ServerGroup::ServerGroup(std::uint32_t servers, std::uint32_t room, Time start)
    : servers_(servers),
      idle_((static_cast<std::size_t>(servers) + 63) / 64, 0),
      ring_(8),
      room_(room),
      waiting_(start),
      in_system_(start),
      busy_(start) {
  check(servers >= 1, "a server group has at least one server");
  for (std::uint32_t server = 0; server < servers; ++server) set_idle(server);
}

std::uint32_t ServerGroup::abandon(std::uint32_t ticket, Time now) {
  if (tail_ - ticket - 1 >= tail_ - head_) return kNone;  // ticket not in head_ .. tail_-1, modulo 2^32
  Waiting& who = ring_[ticket & (ring_.size() - 1)];
  if (who.customer == kNone) return kNone;
  const std::uint32_t customer = who.customer;
  who.customer = kNone;
  waiting_.add(-1, now);
  in_system_.add(-1, now);
  if (who.epoch == epoch_) {
    ++statistics_.abandoned;
    count_wait(statistics_.wait_of_abandoned_us, (now - who.arrived).us);
  }
  while (head_ != tail_ && ring_[head_ & (ring_.size() - 1)].customer == kNone) ++head_;
  return customer;
}

std::uint32_t ServerGroup::fail(std::uint32_t server, Time now) {
  Server& s = servers_[server];
  if (s.down) return kNone;
  s.down = true;
  set_taken(server);
  if (s.customer == kNone) return kNone;
  ++s.generation;
  s.finish_at = Time{(s.finish_at - now).us};
  busy_.add(-1, now);
  return s.customer;
}

void ServerGroup::cancel(std::uint32_t server, Time now) {
  Server& s = servers_[server];
  check(s.down && s.customer != kNone, "a service is cancelled while it is interrupted");
  if (s.epoch == epoch_) ++statistics_.cancelled;
  s.customer = kNone;
  in_system_.add(-1, now);
}

ServerGroup::Repair ServerGroup::repair(std::uint32_t server, Time now) {
  Server& s = servers_[server];
  if (!s.down) return {};
  s.down = false;
  Repair repair;
  if (s.customer == kNone) {
    repair.next = take_next(server, now);
  } else {
    s.finish_at = now + Duration{s.finish_at.us};
    busy_.add(1, now);
    repair.resumed = s.customer;
    repair.key = {server, s.generation};
    repair.finish_at = s.finish_at;
  }
  return repair;
}

void ServerGroup::close(std::uint32_t server) {
  servers_[server].open = false;
  set_taken(server);
}

std::uint32_t ServerGroup::open(std::uint32_t server, Time now) {
  Server& s = servers_[server];
  if (s.open) return kNone;
  s.open = true;
  return s.customer == kNone ? take_next(server, now) : kNone;
}

void ServerGroup::reset_statistics(Time now) {
  statistics_ = {};
  ++epoch_;
  waiting_.reset(now);
  in_system_.reset(now);
  busy_.reset(now);
}

void ServerGroup::grow_ring() {
  std::vector<Waiting> larger(2 * ring_.size());
  for (std::uint32_t ticket = head_; ticket != tail_; ++ticket)
    larger[ticket & (larger.size() - 1)] = ring_[ticket & (ring_.size() - 1)];
  ring_ = std::move(larger);
}

}  // namespace tillstorm
