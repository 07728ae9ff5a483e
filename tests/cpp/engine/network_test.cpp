#include "engine/network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "base/check.h"

namespace tillstorm {
namespace {

SiteId site(std::uint32_t i) { return SiteId{i}; }

/// 0 - 1 - 2 - 3 in a line of 10 us each, and 0 - 3 directly in 25 us.
struct Square : testing::Test {
  Network network{5};
  LinkId a = network.connect(site(0), site(1), Duration{10}, 5);
  LinkId b = network.connect(site(1), site(2), Duration{10}, 5);
  LinkId c = network.connect(site(2), site(3), Duration{10}, 5);
  LinkId d = network.connect(site(0), site(3), Duration{25}, 1);
};

TEST_F(Square, RouteIsTheOneOfLeastLatency) {
  const auto route = network.shortest_route(site(0), site(3));
  ASSERT_TRUE(route);
  EXPECT_EQ(route->latency, Duration{25});
  EXPECT_EQ(route->cost, 1);
  EXPECT_EQ(route->links, std::vector{d});
  const auto back = network.shortest_route(site(2), site(0));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->links, (std::vector{b, a}));
  EXPECT_EQ(back->latency, Duration{20});
}

TEST_F(Square, AnOutageOfALinkSendsTrafficAround) {
  network.begin_outage(d);
  const auto route = network.shortest_route(site(0), site(3));
  ASSERT_TRUE(route);
  EXPECT_EQ(route->links, (std::vector{a, b, c}));
  network.end_outage(d);
  EXPECT_EQ(network.shortest_route(site(0), site(3))->links, std::vector{d});
}

TEST_F(Square, TwoOutagesPartTheNetwork) {
  EXPECT_EQ(network.components(), (std::vector<std::uint32_t>{0, 0, 0, 0, 1}));
  network.begin_outage(a);
  network.begin_outage(c);
  EXPECT_EQ(network.components(), (std::vector<std::uint32_t>{0, 1, 1, 0, 2}));
  EXPECT_FALSE(network.reachable(site(0), site(2)));
  EXPECT_TRUE(network.reachable(site(0), site(3)));
  EXPECT_FALSE(network.shortest_route(site(0), site(2)));
}

TEST_F(Square, ASiteThatIsOutCutsItsLinksAndIsAlone) {
  network.begin_outage(site(1));
  EXPECT_FALSE(network.is_up(a));
  EXPECT_FALSE(network.is_up(b));
  EXPECT_EQ(network.components(), (std::vector<std::uint32_t>{0, 1, 0, 0, 2}));
  EXPECT_FALSE(network.reachable(site(1), site(1)));
  EXPECT_FALSE(network.shortest_route(site(1), site(0)));
  EXPECT_EQ(network.shortest_route(site(0), site(2))->links, (std::vector{d, c}));
}

TEST_F(Square, OverlappingOutagesEndWithTheLast) {
  network.begin_outage(d);
  network.begin_outage(d);
  network.end_outage(d);
  EXPECT_FALSE(network.is_up(d));
  network.end_outage(d);
  EXPECT_TRUE(network.is_up(d));
  EXPECT_THROW(network.end_outage(d), InternalError);
  EXPECT_THROW(network.end_outage(site(0)), InternalError);
}

TEST_F(Square, EqualLatenciesAreToldApartByFewestLinksThenLowestNumbers) {
  const LinkId e = network.connect(site(0), site(3), Duration{25});
  EXPECT_EQ(network.shortest_route(site(0), site(3))->links, std::vector{d});
  network.begin_outage(d);
  EXPECT_EQ(network.shortest_route(site(0), site(3))->links, std::vector{e});
  const LinkId f = network.connect(site(0), site(2), Duration{20});
  EXPECT_EQ(network.shortest_route(site(0), site(2))->links, std::vector{f});
}

TEST_F(Square, ARouteToItselfIsEmpty) {
  const auto route = network.shortest_route(site(4), site(4));
  ASSERT_TRUE(route);
  EXPECT_TRUE(route->links.empty());
  EXPECT_EQ(route->latency, Duration{0});
}

TEST(Network, RefusesLinksThatAreNone) {
  Network network(2);
  EXPECT_THROW(network.connect(site(0), site(0), Duration{1}), InternalError);
  EXPECT_THROW(network.connect(site(0), site(2), Duration{1}), InternalError);
  EXPECT_THROW(network.connect(site(0), site(1), Duration{0}), InternalError);
  EXPECT_THROW(network.connect(site(0), site(1), Duration{1}, -1), InternalError);
}

// Property: on random networks with outages, latencies of routes are those of Floyd and Warshall's table, each route's
// links lead from end to end with that latency, and reachability and components say the same.
TEST(Network, AgreesWithTheTableOfAllPairs) {
  constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max() / 4;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    std::mt19937_64 random(seed);
    const std::uint32_t n = 2 + static_cast<std::uint32_t>(random() % 9);
    Network network(n);
    for (std::uint64_t i = random() % 20; i > 0; --i) {
      const auto x = static_cast<std::uint32_t>(random() % n), y = static_cast<std::uint32_t>(random() % n);
      if (x != y) network.connect(site(x), site(y), Duration{1 + static_cast<std::int64_t>(random() % 6)});
    }
    for (std::uint32_t i = 0; i < network.links().size(); ++i)
      if (random() % 5 == 0) network.begin_outage(LinkId{i});
    if (random() % 3 == 0) network.begin_outage(site(static_cast<std::uint32_t>(random() % n)));

    std::vector<std::vector<std::int64_t>> table(n, std::vector<std::int64_t>(n, kFar));
    for (std::uint32_t i = 0; i < n; ++i)
      if (network.is_up(site(i))) table[i][i] = 0;
    for (std::uint32_t i = 0; i < network.links().size(); ++i) {
      const Link& link = network.links()[i];
      if (!network.is_up(LinkId{i})) continue;
      auto& there = table[index_of(link.from)][index_of(link.to)];
      there = std::min(there, link.latency.us);
      table[index_of(link.to)][index_of(link.from)] = there;
    }
    for (std::uint32_t k = 0; k < n; ++k)
      for (std::uint32_t i = 0; i < n; ++i)
        for (std::uint32_t j = 0; j < n; ++j) table[i][j] = std::min(table[i][j], table[i][k] + table[k][j]);

    const std::vector<std::uint32_t> part = network.components();
    for (std::uint32_t i = 0; i < n; ++i) {
      for (std::uint32_t j = 0; j < n; ++j) {
        const auto route = network.shortest_route(site(i), site(j));
        ASSERT_EQ(route.has_value(), table[i][j] < kFar);
        ASSERT_EQ(network.reachable(site(i), site(j)), route.has_value());
        if (i != j) {
          ASSERT_EQ(part[i] == part[j], route.has_value());
        }
        if (!route) continue;
        ASSERT_EQ(route->latency.us, table[i][j]);
        SiteId here = site(i);
        std::int64_t sum = 0;
        for (const LinkId id : route->links) {
          const Link& link = network.links()[index_of(id)];
          ASSERT_TRUE(network.is_up(id));
          ASSERT_TRUE(link.from == here || link.to == here);
          here = link.from == here ? link.to : link.from;
          sum += link.latency.us;
        }
        ASSERT_EQ(here, site(j));
        ASSERT_EQ(sum, table[i][j]);
      }
    }
  }
}

}  // namespace
}  // namespace tillstorm
