// The floor under a simulated retail year: what the same work costs when nothing but the work is done.
//
// A store has 400 customers a day; each draws a basket (Zipf items, alias table; 2.85 lines on average), decrements
// shelf and book, sums price and tax, and sends one message. A second event posts that message: book at the head
// office, availability, two ledger sums, a min-max order whose goods arrive 1 to 3 days later. 25 background events per
// store and hour stand for everything periodic. One core, one 4-ary heap; no rules, checks, recording or strings.
//
//   bare_year [days=30] [stores=120] [tickets_per_store_day=400] [repeats=1]
//
// Prints one line of JSON; set-up is not timed. Links nothing of the product: it may use libm and global ties.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "stopwatch.h"

namespace {

constexpr std::uint32_t kItems = 5000;
constexpr std::int64_t kSecond = 1'000'000, kHour = 3600 * kSecond, kDay = 24 * kHour;  // simulated microseconds
constexpr std::uint64_t kLineMask = (std::uint64_t{1} << 20) - 1;

enum Kind : std::uint16_t { customer_comes, message_arrives, goods_arrive, background };

struct Event {
  std::int64_t time;
  std::uint32_t sequence;
  std::uint16_t kind;
  std::uint16_t store;
  std::uint32_t payload;
};

struct Cell {  // 32 bytes per store-item
  std::int32_t shelf, backroom, damaged, book, erp, available, reserved, on_order;
};

struct Line {
  std::uint32_t item;
  std::int32_t quantity;
  std::int64_t price;
};

struct Message {
  std::uint32_t store, sequence;
  std::uint64_t first_line;
  std::uint32_t lines;
  std::int64_t total, tax;
};

bool before(const Event& a, const Event& b) { return a.time < b.time || (a.time == b.time && a.sequence < b.sequence); }

struct Queue {  // 4-ary heap on (time, sequence)
  std::vector<Event> heap;

  void push(Event e) {
    std::size_t i = heap.size();
    heap.push_back(e);
    while (i != 0) {
      const std::size_t parent = (i - 1) >> 2;
      if (!before(e, heap[parent])) break;
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = e;
  }

  Event pop() {
    const Event top = heap[0], e = heap.back();
    heap.pop_back();
    const std::size_t n = heap.size();
    if (n == 0) return top;
    std::size_t i = 0;
    for (;;) {
      const std::size_t child = 4 * i + 1;
      if (child >= n) break;
      std::size_t best = child;
      for (std::size_t k = child + 1, end = std::min(child + 4, n); k < end; ++k)
        if (before(heap[k], heap[best])) best = k;
      if (!before(heap[best], e)) break;
      heap[i] = heap[best];
      i = best;
    }
    heap[i] = e;
    return top;
  }
};

std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

struct Random {  // splitmix64, keyed by store and customer number
  std::uint64_t state;
  std::uint64_t next() { return mix(state += 0x9e3779b97f4a7c15ULL); }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((next() >> 32) * n >> 32); }
  double exponential(double mean) { return -std::log(1 - uniform()) * mean; }
};

struct Alias {  // Zipf(0.8) popularity, one draw in O(1)
  std::vector<float> keep = std::vector<float>(kItems);
  std::vector<std::uint32_t> other = std::vector<std::uint32_t>(kItems), item = std::vector<std::uint32_t>(kItems);

  Alias() {
    std::vector<double> p(kItems);
    double total = 0;
    for (std::uint32_t k = 0; k < kItems; ++k) total += p[k] = 1 / std::pow(k + 1, 0.8);
    std::vector<std::uint32_t> small, large;
    for (std::uint32_t k = 0; k < kItems; ++k) {
      p[k] *= kItems / total;
      (p[k] < 1 ? small : large).push_back(k);
      item[k] = k;
    }
    while (!small.empty() && !large.empty()) {
      const std::uint32_t a = small.back(), b = large.back();
      small.pop_back();
      keep[a] = static_cast<float>(p[a]);
      other[a] = b;
      p[b] -= 1 - p[a];
      if (p[b] < 1) {
        large.pop_back();
        small.push_back(b);
      }
    }
    for (const std::uint32_t a : small) keep[a] = 1;
    for (const std::uint32_t a : large) keep[a] = 1;
    Random r{5};
    for (std::uint32_t k = kItems - 1; k > 0; --k) std::swap(item[k], item[r.below(k + 1)]);
  }

  std::uint32_t draw(Random& r) const {
    const std::uint32_t k = r.below(kItems);
    return item[r.uniform() > static_cast<double>(keep[k]) ? other[k] : k];
  }
};

struct Chain {
  std::vector<Cell> cells;
  std::vector<std::int64_t> price = std::vector<std::int64_t>(kItems);
  Alias popularity;
  std::vector<Message> messages;
  std::vector<std::uint32_t> free_messages, customers, numbers, posted;
  std::vector<Line> lines = std::vector<Line>(kLineMask + 1);  // a ring: a message lives about a second
  std::vector<std::int64_t> ledger;
  Queue queue;
  std::uint32_t sequence = 0;
  std::uint64_t events = 0, tickets = 0, sold = 0, lost = 0, write = 0;
  double gap;

  Chain(std::uint32_t stores, double tickets_per_day)
      : cells(std::size_t{stores} * kItems, Cell{20, 20, 0, 40, 40, 40, 0, 0}),
        customers(stores),
        numbers(stores),
        posted(stores),
        ledger(std::size_t{stores} * 2),
        gap(static_cast<double>(kDay) / tickets_per_day) {
    for (std::uint32_t k = 0; k < kItems; ++k) price[k] = 199 + static_cast<std::int64_t>(mix(k) % 9000);
    for (std::uint32_t s = 0; s < stores; ++s) {
      Random r{mix(s * 7919 + 1)};
      push(static_cast<std::int64_t>(r.exponential(gap)), customer_comes, s, 0);
    }
    for (std::uint32_t i = 0; i < 25 * stores; ++i) {
      Random r{mix(i + 99)};
      push(static_cast<std::int64_t>(r.uniform() * static_cast<double>(kDay)), background, i % stores, 0);
    }
  }

  void push(std::int64_t time, Kind kind, std::uint32_t store, std::uint32_t payload) {
    queue.push({time, sequence++, kind, static_cast<std::uint16_t>(store), payload});
  }

  std::uint32_t new_message() {
    if (free_messages.empty()) {
      messages.push_back({});
      return static_cast<std::uint32_t>(messages.size() - 1);
    }
    const std::uint32_t id = free_messages.back();
    free_messages.pop_back();
    return id;
  }

  void sell(Message& m, Random& r) {
    const std::uint32_t item = popularity.draw(r);
    const std::int32_t quantity = 1 + (r.below(10) == 0);
    Cell& c = cells[std::size_t{m.store} * kItems + item];
    if (c.shelf < quantity) {
      if (c.backroom < quantity) {
        ++lost;
        return;
      }
      c.shelf += c.backroom;
      c.backroom = 0;
    }
    c.shelf -= quantity;
    c.book -= quantity;
    lines[write++ & kLineMask] = {item, quantity, price[item]};
    const std::int64_t amount = price[item] * quantity;
    m.total += amount;
    m.tax += (amount * 825 + 5000) / 10000;
    ++m.lines;
    ++sold;
  }

  void customer(const Event& e) {
    Random r{mix((std::uint64_t{e.store} << 40) ^ customers[e.store]++ ^ 0x1234567)};
    push(e.time + static_cast<std::int64_t>(r.exponential(gap)), customer_comes, e.store, 0);
    const std::uint32_t id = new_message();
    Message& m = messages[id] = {e.store, numbers[e.store]++, write, 0, 0, 0};
    for (int n = 1 + static_cast<int>(r.exponential(2.314)); n > 0; --n) sell(m, r);
    ++tickets;
    push(e.time + 200'000 + static_cast<std::int64_t>(r.uniform() * 800'000), message_arrives, e.store, id);
  }

  void post(const Event& e) {
    const Message& m = messages[e.payload];
    if (m.sequence >= posted[m.store]) posted[m.store] = m.sequence + 1;
    for (std::uint32_t i = 0; i < m.lines; ++i) {
      const Line& l = lines[(m.first_line + i) & kLineMask];
      Cell& c = cells[std::size_t{m.store} * kItems + l.item];
      c.erp -= l.quantity;
      c.available = c.erp - c.reserved;
      if (c.erp < 8 && c.on_order == 0) {
        c.on_order = 40;
        push(e.time + kDay * (1 + l.item % 3), goods_arrive, e.store, l.item);
      }
    }
    ledger[std::size_t{m.store} * 2] += m.total;
    ledger[std::size_t{m.store} * 2 + 1] += m.tax;
    free_messages.push_back(e.payload);
  }

  void receive(const Event& e) {
    Cell& c = cells[std::size_t{e.store} * kItems + e.payload];
    c.backroom += c.on_order;
    c.book += c.on_order;
    c.erp += c.on_order;
    c.on_order = 0;
  }

  void run(std::int64_t end) {
    while (!queue.heap.empty()) {
      const Event e = queue.pop();
      if (e.time >= end) break;
      ++events;
      switch (e.kind) {
        case customer_comes:
          customer(e);
          break;
        case message_arrives:
          post(e);
          break;
        case goods_arrive:
          receive(e);
          break;
        default:
          push(e.time + kHour, background, e.store, e.payload);
          break;
      }
    }
  }
};

}  // namespace

int main(int argc, char** argv) {
  const int days = argc > 1 ? std::atoi(argv[1]) : 30, stores = argc > 2 ? std::atoi(argv[2]) : 120;
  const double tickets_per_day = argc > 3 ? std::atof(argv[3]) : 400;
  const int repeats = argc > 4 ? std::atoi(argv[4]) : 1;
  if (days < 1 || stores < 1 || stores > 60'000 || !(tickets_per_day > 0) || repeats < 1) {
    std::fprintf(stderr, "bare_year [days] [stores <= 60000] [tickets_per_store_day] [repeats], all positive\n");
    return 2;
  }
  double cpu = 0, wall = 0;
  std::uint64_t events = 0, tickets = 0, lines = 0, lost = 0;
  std::int64_t check = 0;
  for (int i = 0; i < repeats; ++i) {
    Chain chain(static_cast<std::uint32_t>(stores), tickets_per_day);
    const bench::Stopwatch watch;
    chain.run(days * kDay);
    cpu += watch.cpu_s();
    wall += watch.wall_s();
    events += chain.events;
    tickets += chain.tickets;
    lines += chain.sold;
    lost += chain.lost;
    for (const std::int64_t v : chain.ledger) check += v;
  }
  std::printf(
      "{\"who\": \"bare loop\", \"stores\": %d, \"days\": %d, \"repeats\": %d, \"events\": %llu, \"tickets\": %llu, "
      "\"lines\": %llu, \"lost_lines\": %llu, \"run_cpu_s\": %.6f, \"run_wall_s\": %.6f, \"peak_rss_bytes\": %lld, "
      "\"check\": %lld}\n",
      stores, days, repeats, static_cast<unsigned long long>(events), static_cast<unsigned long long>(tickets),
      static_cast<unsigned long long>(lines), static_cast<unsigned long long>(lost), cpu, wall,
      static_cast<long long>(bench::peak_rss_bytes()), static_cast<long long>(check));
}
