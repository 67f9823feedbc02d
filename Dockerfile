# The program in an image of its own, for `toponym serve`. docs/DEPLOY.md shows how it is run: without privileges, without a
# writable file system, without a network but its port.
FROM rust:1-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked --package toponym-cli

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/release/toponym /usr/local/bin/toponym
EXPOSE 8090
# In the container every address is its own; what may reach it is what --publish lets in.
ENTRYPOINT ["/usr/local/bin/toponym"]
CMD ["serve", "--listen", "0.0.0.0:8090"]
