"""Addresses of the assets room."""

from django.urls import path

from assets.views import desk, freezes, operators, queries

app_name = "assets"

urlpatterns = [
    path("assets/", desk.index, name="assets"),
    path("assets/queries/", queries.send, name="send_queries"),
    path("assets/queries/<int:batch_id>/", queries.batch, name="query_batch"),
    path("assets/queries/<int:batch_id>/send/", queries.release, name="release_queries"),
    path("assets/queries/<int:batch_id>/again/", queries.again, name="query_again"),
    path("assets/queries/<int:batch_id>/later/", queries.postpone, name="postpone_queries"),
    path("assets/first-day/<int:item_id>/", queries.first_day, name="network_query_item"),
    path("assets/freezes/", freezes.propose, name="propose_freezes"),
    path("assets/freezes/<int:batch_id>/", freezes.batch, name="freeze_batch"),
    path("assets/freeze/<int:item_id>/", freezes.item, name="freeze_item"),
    path("assets/operators/", operators.index, name="operators"),
    path("assets/operators/<int:operator_id>/end/", operators.end, name="end_operator"),
    path("cases/<int:case_id>/query/", queries.order, name="order_query"),
]
